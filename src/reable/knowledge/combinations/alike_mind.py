"""What alarms alike in dangers of mind: inferred from the sourced combinations (decision 13).

Rows: flag, signs that are said together, signs of which any one alarms beside them.
"""

ROWS = (
    ("cannot_care_for_self_alone", "no_food_given", "alone_without_help nobody_till not_eating_or_drinking"),
    ("cannot_care_for_self_alone", "not_eating_or_drinking", "food_out"),
    ("carer_may_harm", "impulse_to_harm", "afraid_to_hurt child dementia has_a_bruise mark_on_skin memory_fails"),
    ("carer_may_harm", "impulse_to_harm", "patterned_marks remorse rough_act"),
    ("carer_may_harm", "person_in_care struck_word", "patterned_marks remorse rough_act"),
    ("carer_may_harm", "carer_at_the_end", "patterned_marks remorse"),
    ("carer_may_harm", "afraid_to_hurt", "dementia has_a_bruise mark_on_skin memory_fails patterned_marks"),
    ("carer_may_harm", "remorse", "patterned_marks"),
    ("drive_after_blackout", "first_seizure", "drives_now"),
    ("psychosis_or_mania", "must_not_miss", "grand hardly_sleeps_high unseen_talk"),
    ("self_harm", "relief_after", "hides_skin"),
    ("suicidal_thoughts", "very_low_mood", "feels_a_burden feels_hopeless"),
    ("suicide_plan", "others_better", "alone_moment"),
    ("suicide_plan", "no_future", "alone_moment"),
    ("suicide_plan", "feels_a_burden", "alone_moment"),
    ("suicide_plan", "feels_hopeless", "alone_moment"),
)
