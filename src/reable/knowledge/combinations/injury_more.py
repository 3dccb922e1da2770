"""When indirect signs of injury, surgery, pregnancy and birth alarm together (S7)."""

from reable.knowledge.rules import read, rules, told

_BONES = read("nidirect-broken-bones", "When to seek medical help")
_ANKLE = read("queensu-ottawa-ankle", "Ottawa ankle rules")
_OPEN_BONE = read("boast-open-fractures", "Standards for Practice 1-2")
_JOINTS = read("skillsshop-dislocations", "Dislocations")
_NEW_HIP = read("healthwords-hip-dislocation", "When should I see my doctor?")
_HEEL = read("nhs-fife-achilles", "What are the symptoms?")
_KNEE_CORD = read("queensland-cpc-achilles", "Emergency list: knee extensor mechanism rupture")
_FINGER_CORD = read("pmc5344866-mallet-jersey", "Abstract: Summary")
_PRESSED = read("boast-compartment-syndrome", "Standards for Practice")
_CAST = read("nca-casts", "Report immediately if")
_HIP = read("bmj-bp-hip-fracture", "Recommendations: Key")
_FLOOR = read("bcuhb-long-lie", "Long lie falls")
_COLOR = read("ahta-wrist-crps", "Key presentations of CRPS")
_EYE = read("nhs-wales-eye-injuries", "Go to A&E or call 999; How to wash your eye")
_BURN = read("nhsggc-burns", "Emergency Department list")
_LUNG = read("randolph-after-hospital", "Pulmonary Embolus")
_SURGERY = read("northern-light-surgery", "Call your surgeon if you have")
_ECTOPIC = read("nidirect-ectopic-pregnancy", "Symptoms; When to get emergency help")
_MOTHER = read("cdc-hear-her", "Urgent maternal warning signs")
_PRESSURE = read("nhs-pre-eclampsia", "Further symptoms")
_MOVES = read("cuh-reduced-fetal-movements", "Urgent advice")
_PSYCHOSIS = read("app-postpartum-psychosis", "What is postpartum psychosis")
_CHILD_HIP = read("queensland-limp", "Key points")
_CORD_CARE = read("csm-autonomic-dysreflexia", "What to do if you think you have autonomic dysreflexia")
_SPINE = read("hawaii-sci-recognizing", "Recognizing a Spinal Cord Injury")
_CHILD = read("nice-cg89", "1.1 Physical features")
_DEEP = told("nhs-necrotising-fasciitis", "Call 999 or go to A&E")
_NEGLECT = read("nhcasa-neglect", "Neglect Indicators")

# Each row: the flag, its source, what may stand first, what may stand second, and what must stand beside both.
_ROWS = (
    ("fracture_suspected", _BONES, "recent_injury|had_a_fall crack_heard|guards_limb|bone_deformed|bone_tender"),
    ("fracture_suspected", _BONES, "recent_injury|had_a_fall swollen_huge|bruised_and_swollen|hops_or_crawls"),
    ("fracture_suspected", _BONES, "crack_heard swollen_huge|hops_or_crawls|cannot_bear_weight|osteoporosis"),
    ("fracture_suspected", _ANKLE, "swollen_huge|bone_deformed hops_or_crawls|cannot_bear_weight|bone_tender"),
    ("fracture_suspected", _BONES, "no_xray_yet swollen_huge|hops_or_crawls|cannot_bear_weight|bone_tender"),
    ("fracture_suspected", _BONES, "bone_deformed crack_heard|swollen_huge"),
    ("open_fracture", _OPEN_BONE, "broken_limb_said|bone_deformed open_wound_now"),
    ("open_fracture", _OPEN_BONE, "white_sticking_out recent_injury|had_a_fall|open_wound_now|broken_limb_said"),
    ("dislocation", _JOINTS, "joint_out stuck_not_moving"),
    ("dislocation", _JOINTS, "arm_was_pulled guards_limb"),
    ("replaced_hip_dislocated", _NEW_HIP, "new_hip hip_clunk|sat_low_or_crossed leg_turned_or_short"),
    ("replaced_hip_dislocated", _NEW_HIP, "new_hip hip_clunk|leg_turned_or_short leg_wont_move"),
    ("replaced_hip_dislocated", _NEW_HIP, "new_hip sudden_onset|cannot_bear_weight leg_turned_or_short"),
    ("replaced_hip_dislocated", _NEW_HIP, "new_hip sat_low_or_crossed leg_wont_move"),
    ("replaced_hip_dislocated", _NEW_HIP, "new_hip leg_cannot_stand|cannot_bear_weight hip_clunk"),
    ("achilles_rupture", _HEEL, "hit_from_behind|heel_pop|heel_gap no_push_off"),
    ("achilles_rupture", _HEEL, "loud_pop|crack_heard no_push_off|heel_gap"),
    ("achilles_rupture", _HEEL, "hit_from_behind heel_pop|loud_pop"),
    ("tendon_rupture_other", _FINGER_CORD, "fingertip_or_finger_dead grabbed_or_hit|tendon_repaired|sudden_onset"),
    ("tendon_rupture_other", _FINGER_CORD, "fingertip_or_finger_dead rheumatoid_arthritis|loud_pop"),
    ("tendon_rupture_other", _FINGER_CORD, "tendon_repaired loud_pop"),
    ("tendon_rupture_other", _KNEE_CORD, "knee_wont_straighten kneecap_high|loud_pop|had_a_fall"),
    ("tendon_rupture_other", _KNEE_CORD, "arm_muscle_moved loud_pop"),
    ("tendon_rupture_other", _KNEE_CORD, "chest_muscle_bench pec_went"),
    ("tendon_rupture_other", _KNEE_CORD, "arm_wont_lift_at_all had_a_fall|recent_injury"),
    ("compartment_syndrome", _PRESSED, "hard_like_wood limb_goes_numb|pain_pills_do_nothing broken_or_crushed"),
    ("compartment_syndrome", _PRESSED, "hard_like_wood broken_or_crushed|dark_pee"),
    ("compartment_syndrome", _PRESSED, "stretch_hurts|skin_will_split broken_or_crushed|pain_pills_do_nothing"),
    ("compartment_syndrome", _PRESSED, "pain_pills_do_nothing|worse_every_hour broken_or_crushed limb_goes_numb"),
    ("compartment_syndrome", _PRESSED, "worse_every_hour|hard_like_wood pain_pills_do_nothing broken_or_crushed"),
    ("compartment_syndrome", _PRESSED, "worse_every_hour limb_goes_numb had_a_fall"),
    ("compartment_syndrome", _PRESSED, "hard_like_wood pain_pills_do_nothing|worse_every_hour calf_swelling"),
    ("compartment_syndrome", _PRESSED, "worse_every_hour pain_pills_do_nothing broken_or_crushed"),
    ("tight_cast", _CAST, "cast_on|in_a_cast digits_bad|digits_swollen|cast_hurts|fingers_or_toes_numb_or_blue"),
    ("older_fall_groin_pain", _HIP, "said_old_age|a_grandparent|older_person|osteoporosis hip_trouble_now had_a_fall"),
    ("fall_cannot_get_up_or_long_lie", _FLOOR, "floor_of_room cannot_lift_person|legs_wont_push_up|found_there"),
    ("fall_cannot_get_up_or_long_lie", _FLOOR, "floor_of_room hours_passed"),
    ("fall_cannot_get_up_or_long_lie", _FLOOR, "on_the_floor cannot_lift_person|found_there"),
    ("fall_cannot_get_up_or_long_lie", _FLOOR, "on_the_floor hours_passed|legs_wont_push_up had_a_fall"),
    ("fall_cannot_get_up_or_long_lie", _FLOOR, "had_a_fall|on_the_floor too_heavy_to_lift"),
    ("fall_cannot_get_up_or_long_lie", _FLOOR, "had_a_fall hours_passed legs_wont_push_up"),
    ("hand_after_fracture_changed_color", _COLOR, "fracture_or_cast_before limb_color_change|touch_agony"),
    ("eye_injury_or_burn", _EYE, "harmful_to_eye|into_the_eye eye_bad_now recent_injury"),
    ("eye_injury_or_burn", _EYE, "harmful_to_eye eye_bad_now|into_the_eye"),
    ("severe_burn", _BURN, "burn_source burn_bad"),
    ("post_operative_emergency", _LUNG, "recent_operation breath_stab|heart_hammers|shaking_cold"),
    ("post_operative_emergency", _SURGERY, "recent_operation gut_stopped|dressing_soaked|turned_yellow"),
    ("post_operative_emergency", _SURGERY, "recent_operation leg_dead_or_white|throat_closing|mixes_up_people"),
    ("ectopic_pregnancy", _ECTOPIC, "early_or_unsure_pregnant one_side_pain_below|doubled_over|pain_low_in_belly"),
    ("ectopic_pregnancy", _ECTOPIC, "has_iud one_side_pain_below|bleeding_below early_or_unsure_pregnant"),
    ("ectopic_pregnancy", _ECTOPIC, "has_iud one_side_pain_below pregnant"),
    ("pregnancy_bleeding_or_waters", _MOTHER, "pregnant|weeks_along blood_or_water_below|belly_tightens|bump_hit"),
    ("pregnancy_bleeding_or_waters", _MOTHER, "pregnant bleeds_plain"),
    ("pregnancy_bleeding_or_waters", _MOTHER, "early_or_unsure_pregnant heavy_bleed_after|bump_hit"),
    ("preeclampsia", _MOTHER, "pregnant|weeks_along|gave_birth_recently blood_pressure_high_number"),
    ("preeclampsia", _MOTHER, "pregnant|gave_birth_recently vision_sparkles|puffy_now|upper_belly_pain"),
    ("preeclampsia", _PRESSURE, "weeks_along head_pain_bad|upper_belly_pain|puffy_now vision_sparkles"),
    ("preeclampsia", _PRESSURE, "weeks_along head_pain_bad|upper_belly_pain puffy_now"),
    ("preeclampsia", _PRESSURE, "weeks_along puffy_face_or_hands head_pain_bad"),
    ("reduced_fetal_movement", _MOVES, "pregnant|weeks_along unborn_is_still"),
    ("reduced_fetal_movement", _MOVES, "pregnant unborn_moves_less"),
    ("postpartum_danger", _MOTHER, "gave_birth_recently|newborn_said|baby heavy_bleed_after|smell_or_pain_below"),
    ("postpartum_danger", _MOTHER, "gave_birth_recently breath_stab|shaking_cold|heart_hammers|leg_clot_look"),
    ("postpartum_danger", _MOTHER, "gave_birth_recently doubled_over heavy_bleed_after"),
    ("postpartum_danger", _MOTHER, "breast_hot fever|shaking_cold"),
    ("postpartum_danger", _MOTHER, "newborn_said leg_clot_look|calf_swelling"),
    ("postpartum_psychosis", _PSYCHOSIS, "gave_birth_recently odd_beliefs|sped_up_mind|mixes_up_people"),
    ("postpartum_psychosis", _PSYCHOSIS, "newborn_said|baby odd_beliefs sped_up_mind"),
    ("open_fracture", _OPEN_BONE, "recent_injury|had_a_fall white_sticking_out|open_wound_now bone_deformed"),
    ("replaced_hip_dislocated", _NEW_HIP, "new_hip|new_joint_told hip_clunk leg_turned_or_short"),
    ("replaced_hip_dislocated", _NEW_HIP, "new_hip sat_low_or_crossed|hip_clunk hops_or_crawls"),
    ("child_hip_emergency", _CHILD_HIP, "child|a_child_told child_will_not_walk|cannot_bear_weight temp_high"),
    ("child_hip_emergency", _CHILD_HIP, "child|a_child_told limps|hip_or_groin_pain|hobbles temp_high"),
    ("child_hip_emergency", _CHILD_HIP, "child|a_child_told child_will_not_walk|cannot_bear_weight crawls_only"),
    ("child_hip_emergency", _CHILD_HIP, "a_child_told child_will_not_walk after_infection"),
    ("autonomic_dysreflexia", _CORD_CARE, "drain_blocked storm_signs|head_bangs|head_pounds"),
    ("spinal_fracture", _SPINE, "hard_crash tingling_hands_feet|both_hands_numb|limb_goes_numb said_now"),
    ("child_abuse", _CHILD, "a_grandparent odd_touch"),
    ("spinal_fracture", _SPINE, "had_a_fall|recent_injury|hard_crash arm_gone|arms_zing neck_pain_any said_now"),
    ("severe_burn", _BURN, "burn_source heart_flips|went_out"),
    ("necrotizing_infection", _DEEP, "skin_black_told feels_very_ill|worst_pain_ever began_lately"),
    ("neglect", _NEGLECT, "shut_in not_changed|no_food_given|not_eating_or_drinking|food_out"),
    ("neglect", _NEGLECT, "not_changed not_eating_or_drinking|food_out"),
    ("fracture_suspected", _BONES, "had_a_fall|a_grandparent|older_person leg_turned_or_short cannot_bear_touch"),
    ("fracture_suspected", _BONES, "had_a_fall leg_turned_or_short hip_trouble_now"),
    ("fracture_suspected", _BONES, "bone_deformed digits_bad|digits_swollen|limb_goes_numb"),
    ("fracture_suspected", _BONES, "crack_heard joint_very_big"),
    ("fracture_suspected", _BONES, "joint_crunches recent_injury|had_a_fall cannot_bear_weight|swollen_huge"),
    ("fracture_suspected", _BONES, "joint_crunches recent_injury|had_a_fall bone_tender|bone_deformed"),
    ("tendon_rupture_other", _KNEE_CORD, "knees_give kneecap_high"),
    ("dislocation", _JOINTS, "joint_out cold_limb|limb_goes_numb|digits_bad|digits_swollen"),
    ("compartment_syndrome", _PRESSED, "hard_like_wood hurts_bad_now recent_injury"),
    ("compartment_syndrome", _PRESSED, "hard_like_wood limb_goes_numb in_sport_now"),
    ("compartment_syndrome", _PRESSED, "hard_like_wood pain_pills_do_nothing limb_goes_numb"),
    ("older_fall_groin_pain", _HIP, "over_sixty|number_over_sixty|old_age_told hip_trouble_now had_a_fall"),
    ("pregnancy_bleeding_or_waters", _MOTHER, "weeks_along heavy_bleed_after bleeds_plain"),
    ("postpartum_psychosis", _PSYCHOSIS, "gave_birth_recently sees_the_absent"),
    ("compartment_syndrome", _PRESSED, "hard_like_wood tingling_hands_feet|limb_goes_numb recent_injury"),
    ("open_fracture", _OPEN_BONE, "broken_or_crushed open_wound_now"),
    ("compartment_syndrome", _PRESSED, "broken_or_crushed limb_goes_numb|fingers_or_toes_numb_or_blue said_now"),
    ("fracture_suspected", _BONES, "recent_injury|had_a_fall child_will_not_walk|crawls_only a_child_told"),
    ("preeclampsia", _PRESSURE, "weeks_along upper_belly_pain puffy_face_or_hands"),
    ("fracture_suspected", _BONES, "bone_deformed cold_limb"),
    ("post_operative_emergency", _SURGERY, "recent_operation belly_alarm doubled_over"),
    ("older_fall_groin_pain", _HIP, "a_grandparent leg_turned_or_short hip_or_groin_pain"),
    ("pregnancy_bleeding_or_waters", _MOTHER, "weeks_along bleeding_below"),
    ("ectopic_pregnancy", _ECTOPIC, "weeks_along bleeding_below shoulder_or_arm_ache"),
    ("post_operative_emergency", _SURGERY, "recent_operation uncontrolled_shaking|throat_closes"),
    ("postpartum_psychosis", _PSYCHOSIS, "newborn_said impulse_to_harm|afraid_to_hurt"),
)

COMBINATIONS = rules(_ROWS)
