"""When signs of the spine, the nerves, the brain and the senses alarm together (S7)."""

from reable.knowledge.rules import read, rules, told

_CES = read("cornwall-rms-back", "Red flags, cauda equina")
_MSCC = read("acute-oncology-mscc", "page 3, warning signs")
_DCM = read("myelopathy-org-symptoms", "Frequent symptoms")
_SPINE_INFECTION = read("yusuf-spinal-infection-2019", "Abstract, Results")
_SPINE_INJURY = read("hawaii-sci-recognizing", "Recognizing a Spinal Cord Injury")
_VCF = read("altru-compression-fracture", "whole page")
_STROKE = read("nih-seniorhealth-stroke", "What are the warning signs of stroke")
_NG127 = told("nice-ng127", "limb or facial weakness; tremor")
_HEAD = told("nice-cg176", "referral to emergency department")
_SEIZURE = read("chi-seizure-first-aid", "reasons to call an ambulance")
_GBS = read("mayo-gbs", "When to see a doctor")
_MG = read("mgfa-crisis", "MG Exacerbations and Crisis")
_HEADACHE = read("becker-headache-2015", "table of red flags")
_PREGNANT = read("gmmmg-headache-2015", "Emergency symptoms and signs")
_MENINGITIS = read("hackney-meningitis", "Symptoms of meningitis")
_GCA = read("lanarkshire-gca", "presentation")
_ARTERY = read("acepnow-dissection-2013", "Carotid artery dissection")
_CORD_CARE = read("csm-autonomic-dysreflexia", "What to do if you think you have autonomic dysreflexia")
_PUMP = told("fda-itb-boxed-warning", "abrupt discontinuation")
_DELIR = read("nice-cg103", "1.3.1")
_SWALLOW = read("breatheworks-swallowing", "Quick take")
_FOOT = read("lothian-lumbar-red-flags", "Acute foot drop")

_NECK = "neck_will_not_turn|neck_pain_any|stiff_neck"

_ROWS = (  # the flag, its source, groups of signs: all of one group must have been said
    ("cauda_equina", _CES, "b28013 bladder_trouble, b2803 bladder_trouble, pain_both_legs weak_legs"),
    ("cauda_equina", _CES, "pain_both_legs bladder_trouble, pain_both_legs sudden_onset"),
    ("cord_compression", _MSCC, "b28013 cancer weak_legs, b28013 cancer unsteady_walking"),
    ("cord_compression", _MSCC, "neck_pain_any cancer weak_legs, weak_legs bladder_trouble sudden_onset"),
    ("cord_compression", _DCM, "neck_pain_any weak_legs bladder_trouble, both_hands_numb weak_legs bladder_trouble"),
    ("cord_compression", _SPINE_INFECTION, "b28013 fever weak_legs, spinal_infection weak_legs"),
    ("cervical_cord_signs", _DCM, "clumsy_hands unsteady_walking, clumsy_hands bladder_trouble"),
    ("cervical_cord_signs", _DCM, "both_hands_numb unsteady_walking, both_hands_numb bladder_trouble"),
    ("spinal_pain_with_cancer", _MSCC, "b28013 cancer, neck_pain_any cancer"),
    ("spinal_infection", _SPINE_INFECTION, "b28013 fever, neck_pain_any fever, b28013 injects_drugs"),
    ("spinal_infection", _SPINE_INFECTION, "b28013 weak_immunity night_pain, b28013 feels_very_ill"),
    ("spinal_fracture", _SPINE_INJURY, "neck_pain_any recent_injury both_hands_numb, b28013 recent_injury weak_legs"),
    ("fragile_spine_fracture", _VCF, "b28013 recent_injury older_person, b28013 recent_injury osteoporosis"),
    ("fragile_spine_fracture", _VCF, "b28013 recent_injury steroids, b28013 osteoporosis sudden_onset"),
    ("spinal_fracture", _SPINE_INJURY, f"recent_injury arms_zing spine_crunch|{_NECK}"),
    ("stroke_signs", _STROKE, "one_side_numb sudden_onset, b2401 sudden_onset vision_off"),
    ("stroke_signs", _STROKE, "sight_going|vision_off stiff_or_drunken_walk began_today|sudden_onset"),
    ("stroke_signs", _STROKE, "sight_going|vision_off limb_weak_words|arm_gone|leg_gone began_today|sudden_onset"),
    ("sudden_limb_weakness", _NG127, "weak_legs sudden_onset"),
    ("head_injury", _HEAD, "head_knock confused, head_knock throws_up, head_knock seizure_any, head_knock blackout"),
    ("head_injury_blood_thinner", _HEAD, "head_knock blood_thinner, head_injury blood_thinner"),
    ("first_seizure", _SEIZURE, "froth|tongue_bitten|eyes_rolled never_before"),
    ("delirium", _DELIR, "turned_yellow confused|mind_off"),
    ("head_injury", _HEAD, "struck_word|had_a_fall out_or_blank been_sick"),
    ("first_seizure", _SEIZURE, "seizure_any pregnant, seizure_any recent_operation"),
    ("guillain_barre", _GBS, "tingling_hands_feet weak_legs sudden_onset, tingling_hands_feet weak_legs breathless"),
    ("myasthenia_crisis", _MG, "myasthenia_gravis breathless, myasthenia_gravis swallowing_hard"),
    ("thunderclap_headache", _HEADACHE, "headache_any sudden_onset throws_up, headache_any sudden_onset stiff_neck"),
    ("severe_new_headache", _HEADACHE, "headache_any sudden_onset, headache_any cancer, headache_any confused"),
    ("severe_new_headache", _PREGNANT, "headache_any pregnant, headache_any gave_birth_recently"),
    ("meningitis", _MENINGITIS, "stiff_neck fever, light_hurts fever, headache_any fever confused"),
    ("meningitis", _MENINGITIS, "spots_that_stay sleepy_floppy|throws_up|headache_any|stiff_neck"),
    ("gca_signs", _GCA, "scalp_tender older_person, jaw_pain_chewing headache_any older_person"),
    ("gca_signs", _GCA, "temple_sore|scalp_tender both_girdles, jaw_tires|jaw_pain_chewing both_girdles"),
    ("gca_signs", _GCA, "temple_sore jaw_pain_chewing, scalp_tender jaw_tires"),
    ("gca_visual_loss", _GCA, "scalp_tender vision_off, jaw_pain_chewing vision_off, gca_signs vision_off"),
    ("sudden_vision_loss", _STROKE, "vision_off sudden_onset"),
    ("sudden_vision_loss", _STROKE, "half_sight sudden_onset|began_lately|woke_with_it"),
    ("severe_new_headache", _HEADACHE, "headache_any in_seconds headache_changed|worst_ever|stiff_neck"),
    ("neck_artery_tear", _ARTERY, "neck_pain_any vision_off sudden_onset, neck_pain_any one_side_numb sudden_onset"),
    ("autonomic_dysreflexia", _CORD_CARE, "spinal_cord_injury head_pounds"),
    ("baclofen_withdrawal", _PUMP, "baclofen_pump fever, baclofen_pump confused, baclofen_pump seizure_any"),
    ("delirium", _DELIR, "confused sudden_onset, confused fever, confused recent_operation, confused feels_very_ill"),
    ("new_swallowing_trouble", _SWALLOW, "swallowing_hard sudden_onset, swallowing_hard weight_loss"),
    ("acute_neuro_decline", _NG127, "progressive_weakness breathless, progressive_weakness swallowing_hard"),
    ("progressive_weakness", _NG127, "weak_legs getting_worse, b7300 getting_worse, b7301 getting_worse"),
    ("new_tremor", _NG127, "shakes_any sudden_onset, b7651 sudden_onset"),
    ("foot_drop_new", _FOOT, "foot_drags sudden_onset, foot_drags b2803"),
)

COMBINATIONS = rules(_ROWS)
