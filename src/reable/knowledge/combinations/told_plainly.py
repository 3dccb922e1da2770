"""When signs alarm together, as people say them in few plain words: our own inferences, unchecked (S7)."""

from reable.knowledge.rules import judged, rules

_PE = judged("nice-ng158", "PE Wells score")
_PLAN = judged("acep-suicide-signs", "Know the risk factors and warning signs")
_HIP = judged("bmj-bp-hip-fracture", "Recommendations: Key")
_MSCC = judged("acute-oncology-mscc", "page 3, warning signs")
_MG = judged("mgfa-crisis", "MG Exacerbations and Crisis")
_STROKE = judged("nih-seniorhealth-stroke", "What are the warning signs of stroke")
_KNEE_CORD = judged("queensland-cpc-achilles", "Emergency list: knee extensor mechanism rupture")
_SKILLS = judged("raisingchildren-regression", "About developmental regression")
_HF = judged("commonspirit-heart-failure-zones", "Yellow zone")
_GBS = judged("mayo-gbs", "When to see a doctor")
_FLOOR = judged("bcuhb-long-lie", "Long lie falls")

_SUGAR = judged("dynamo-diabetic-emergency", "What to do; when to call")
_ALONE = judged("cass-aps-checklist", "Self Neglect")
_EYE = judged("root-crao", "whole page")
_NECK = judged("acepnow-dissection-2013", "Carotid artery dissection")
_MOTHER = judged("app-postpartum-psychosis", "What is postpartum psychosis")

_SPINE = judged("hawaii-sci-recognizing", "Recognizing a Spinal Cord Injury")
_INFANT = judged("nice-cg89", "1.1.2")
_LIMP = judged("rcht-limp-2021", "Red and amber features")
_CHILD_HEAD = judged("nhs-baby-seriously-ill", "Signs of serious illness in a baby or toddler")

_HOME = judged("uspstf-ipv-2018", "Screening Tests; Treatments and Interventions")

_NEW = "began_lately|began_today|began_now"

_ROWS = (
    ("pulmonary_embolism", _PE, "pain_with_breath breathless|puffed_at_little began_lately|began_today|new_joint_told"),
    ("suicide_plan", _PLAN, "suicidal_thoughts|ending_prepared|others_better means_near"),
    ("suicide_plan", _PLAN, "means_at_hand feels_hopeless|no_future|others_better|feels_a_burden"),
    ("heart_failure_weight_gain", _HF, "air_lying_down legs_full_of_water|swollen_huge|puffy_now|puffy_face_or_hands"),
    ("grave_harm_at_home", _HOME, "shut_in phone_taken a_partner|partner_violence"),
    ("hip_broken_signs", _HIP, "leg_turned_or_short hip_trouble_now had_a_fall"),
    ("hip_broken_signs", _HIP, "leg_turned_or_short old_age_told|older_person|over_sixty cannot_bear_weight"),
    ("hip_broken_signs", _HIP, "leg_turned_or_short old_age_told|older_person|over_sixty leg_cannot_stand"),
    ("older_fall_groin_pain", _HIP, "had_a_fall leg_wont_move a_grandparent|older_person|old_age_told|over_sixty"),
    ("cord_compression", _MSCC, f"weak_legs+legs_not_obeying {_NEW}"),
    ("myasthenia_crisis", _MG, "myasthenia_said swallow_off"),
    ("stroke_signs", _STROKE, "stiff_or_drunken_walk dizzy_or_faint_more throws_up|been_sick|speech_off"),
    ("tendon_rupture_other", _KNEE_CORD, "knee_wont_straighten crack_heard"),
    ("child_loses_skills_fast", _SKILLS, "crawls_only skill_gone lately_new"),
    ("guillain_barre", _GBS, "spreads_upward weak_legs in_days"),
    ("guillain_barre", _GBS, "spreads_upward tingling_hands_feet lately_new|said_now|getting_worse"),
    ("blood_sugar_crisis", _SUGAR, "huge_thirst very_drowsy|sleepy_new|been_sick|throws_up|confused"),
    ("cannot_care_for_self_alone", _ALONE, "not_eating_or_drinking limp_weak"),
    ("sudden_vision_loss", _EYE, "into_the_eye sight_going hurts_bad_now"),
    ("neck_artery_tear", _NECK, "lid_or_pupil head_hurts_bad|head_pain_bad"),
    ("postpartum_psychosis", _MOTHER, "gave_birth_recently odd_deeds|odd_beliefs"),
    ("spinal_fracture", _SPINE, "had_a_fall|recent_injury|hard_crash whole_limb_numb"),
    ("baby_limb_hurt", _INFANT, "baby|under_1_year|under_3_months guards_limb cannot_bear_touch"),
    ("child_limp", _LIMP, "child|a_child_told limps|hobbles leg_turned_or_short"),
    ("baby_very_ill", _CHILD_HEAD, "a_child_told throws_up very_drowsy"),
    ("fall_cannot_get_up_or_long_lie", _FLOOR, "on_the_floor not_coming_round|out_or_blank"),
)

COMBINATIONS = rules(_ROWS)
