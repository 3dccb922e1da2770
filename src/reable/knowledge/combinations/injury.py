"""When signs of injury, surgery, pregnancy, childhood, mind and safety alarm together (S7)."""

from reable.knowledge.rules import read, rules, told

_ANKLE = read("queensu-ottawa-ankle", "Ottawa ankle rules")
_HIP = read("bmj-bp-hip-fracture", "Recommendations: Key")
_FLOOR = read("bcuhb-long-lie", "Long lie falls")
_FINGER = read("wbj-flexor-tendon", "Symptoms; First Aid")
_JOINTS = read("skillsshop-dislocations", "Dislocations")
_CAST = read("nca-casts", "Report immediately if")
_COLOR = read("ahta-wrist-crps", "Key presentations of CRPS")
_NEW_HIP = read("healthwords-hip-dislocation", "When should I see my doctor?")
_OPEN = read("healthgrades-wound-reopens", "What to Do When a Surgical Wound Opens")
_LUNG = read("randolph-after-hospital", "Pulmonary Embolus")
_AFTER_SURGERY = read("northern-light-surgery", "Call your surgeon if you have")
_ECTOPIC = read("nidirect-ectopic-pregnancy", "Symptoms; When to get emergency help")
_MOTHER = read("cdc-hear-her", "Urgent maternal warning signs")
_PRESSURE = read("nhs-pre-eclampsia", "Further symptoms")
_PSYCHOSIS = read("app-postpartum-psychosis", "What is postpartum psychosis")
_BURDEN = read("chu-2017-interpersonal", "Abstract")
_LOW = told("nimh-suicide-warning-signs", "Warning signs")
_CARER = read("bucks-caregivers", "Caregiver Red Flags")
_HOME = read("uspstf-ipv-2018", "Screening Tests; Treatments and Interventions")
_PRESSED = read("boast-compartment-syndrome", "Standards for Practice")
_KNEE_CORD = read("queensland-cpc-achilles", "Emergency list: knee extensor mechanism rupture")
_ELDER = read("ncea-suspect-abuse", "Adult Protective Services")
_ALONE = read("cass-aps-checklist", "Self Neglect")
_DRIVING = read("nice-qs71", "Statement 5")
_SEPTIC_HIP = read("queensland-limp", "Key points")
_LIMP = read("rcht-limp-2021", "Red features")
_SLIP = read("peck-2017-scfe", "Abstract")
_SKILLS = read("raisingchildren-regression", "About developmental regression")
_TOES = read("lecras-toe-walking", "Red flags")
_BRUISE = read("nice-cg89", "1.1.2")
_BABY = read("nhs-baby-seriously-ill", "Signs of serious illness in a baby or toddler")

# Each row: the flag, its sources, and groups of signs; all signs of one group must have been said.
_OLD = "over_sixty|number_over_sixty|old_age_told"
_DIGITS = "limb_goes_numb|digits_bad|digits_swollen"

_ROWS = (
    ("fracture_suspected", (_ANKLE,), "recent_injury cannot_bear_weight, bruised_and_swollen cannot_bear_weight"),
    ("older_fall_groin_pain", (_HIP,), "older_person had_a_fall hip_or_groin_pain"),
    ("older_fall_groin_pain", (_HIP,), "osteoporosis had_a_fall hip_or_groin_pain"),
    ("older_fall_groin_pain", (_HIP,), "older_person had_a_fall cannot_bear_weight"),
    ("older_fall_groin_pain", (_HIP,), f"{_OLD} had_a_fall hip_or_groin_pain|hip_trouble_now"),
    ("older_fall_groin_pain", (_HIP,), f"said_old_age|{_OLD} had_a_fall cannot_bear_weight"),
    ("fall_cannot_get_up_or_long_lie", (_FLOOR,), "had_a_fall cannot_get_up_from_floor"),
    ("cut_finger_no_bend_or_feel", (_FINGER,), "cut_hand_or_finger finger_will_not_move_or_feel"),
    ("dislocation", (_JOINTS,), "joint_out fingers_or_toes_numb_or_blue|limb_goes_numb recent_injury|sudden_onset"),
    ("tight_cast", (_CAST,), "in_a_cast fingers_or_toes_numb_or_blue"),
    ("hand_after_fracture_changed_color", (_COLOR,), "in_a_cast hand_changed_color"),
    ("replaced_hip_dislocated", (_NEW_HIP,), "joint_replacement hip_or_groin_pain cannot_bear_weight sudden_onset"),
    ("replaced_hip_dislocated", (_NEW_HIP,), "new_hip hip_clunk cannot_bear_weight|leg_cannot_stand|leg_wont_move"),
    ("wound_opening_after_surgery", (_OPEN,), "recent_operation wound_leaks_or_hot"),
    ("wound_opening_after_surgery", (_OPEN,), "joint_replacement wound_leaks_or_hot"),
    ("post_operative_emergency", (_LUNG,), "recent_operation breathless, recent_operation confused"),
    ("post_operative_emergency", (_AFTER_SURGERY,), "recent_operation fever feels_very_ill"),
    ("ectopic_pregnancy", (_ECTOPIC,), "pregnant pain_low_in_belly bleeding_below"),
    ("ectopic_pregnancy", (_ECTOPIC,), "pregnant pain_low_in_belly blackout"),
    ("pregnancy_bleeding_or_waters", (_MOTHER,), "pregnant bleeding_below"),
    ("preeclampsia", (_MOTHER,), "pregnant headache_will_not_go, pregnant spots_in_sight"),
    ("preeclampsia", (_PRESSURE,), "pregnant puffy_face_or_hands, gave_birth_recently headache_will_not_go"),
    ("preeclampsia", (_PRESSURE,), "gave_birth_recently spots_in_sight"),
    ("postpartum_danger", (_MOTHER,), "gave_birth_recently fever, gave_birth_recently breathless"),
    ("postpartum_danger", (_MOTHER,), "gave_birth_recently calf_swelling, gave_birth_recently feels_very_ill"),
    ("postpartum_psychosis", (_PSYCHOSIS,), "gave_birth_recently psychosis_or_mania, gave_birth_recently confused"),
    ("suicidal_thoughts", (_BURDEN, _LOW), "feels_hopeless feels_a_burden"),
    ("elder_abuse", (_ELDER,), "older_person grown_child_hits"),
    ("carer_may_harm", (_CARER,), "rough_act patterned_marks|mark_on_skin|has_a_bruise"),
    ("child_abuse", (_BRUISE,), "family_man|kin_or_carer scared_of_home"),
    ("elder_abuse", (_ELDER,), "over_sixty|said_old_age|old_age_told|a_grandparent grown_child_hits"),
    ("partner_violence", (_HOME,), "hits_or_throws swallow_hurts_or_drools|throat_or_voice_closing|mark_on_skin"),
    ("compartment_syndrome", (_PRESSED,), f"hard_like_wood {_DIGITS} recent_injury|had_a_fall"),
    ("compartment_syndrome", (_PRESSED,), f"hard_like_wood {_DIGITS} struck_word"),
    ("carer_may_harm", (_CARER,), "rough_act dementia|memory_fails"),
    ("tendon_rupture_other", (_KNEE_CORD,), "kneecap_high loud_pop|hip_clunk"),
    ("compartment_syndrome", (_PRESSED,), "recent_injury|had_a_fall dark_pee"),
    ("cannot_care_for_self_alone", (_ALONE,), "alone_without_help not_eating_or_drinking"),
    ("drive_after_blackout", (_DRIVING,), "drives_now blackout, drives_now seizure_any"),
    ("child_hip_emergency", (_SEPTIC_HIP,), "child limps fever, child hip_or_groin_pain fever"),
    ("child_hip_emergency", (_LIMP,), "child limps cannot_bear_weight, child hip_or_groin_pain cannot_bear_weight"),
    ("child_hip_emergency", (_LIMP,), "child sudden_onset cannot_bear_weight, child fever cannot_bear_weight"),
    ("child_limp", (_SLIP,), "child limps, child hip_or_groin_pain"),
    ("child_loses_skills_fast", (_SKILLS,), "child_loses_skills_slowly sudden_onset"),
    ("toe_walking_new", (_TOES,), "child walks_on_toes sudden_onset, child walks_on_toes weak_legs"),
    ("baby_bruise_or_fracture", (_BRUISE,), "baby has_a_bruise"),
    ("baby_very_ill", (_BABY,), "under_3_months newborn_said fever"),
    ("baby_very_ill", (_BABY,), "newborn_said fever not_feeding|very_sleepy_baby|sleepy_floppy"),
    ("baby_very_ill", (_BABY,), "baby breathless, baby feels_very_ill"),
)

COMBINATIONS = rules(_ROWS)
