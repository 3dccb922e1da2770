"""When signs of the spine, the nerves, the brain and the senses alarm together (S7).

A group is a set of signs that all must have been said. Flags may stand as signs.
"""

from reable.knowledge.shapes.danger import Combination
from reable.knowledge.shapes.source import Checked, Citation

_BASS = (Citation(source="bass-ces-2018", at="definition of suspected CES", checked=Checked.SECOND_HAND),)
_CES = (Citation(source="cornwall-rms-back", at="Red flags, cauda equina", checked=Checked.READ),)
_MSCC = (Citation(source="acute-oncology-mscc", at="page 3, warning signs", checked=Checked.READ),)
_RNOH = (Citation(source="rnoh-mscc-leaflet", at="Symptoms to watch out for", checked=Checked.READ),)
_DCM = (Citation(source="myelopathy-org-symptoms", at="Frequent symptoms", checked=Checked.READ),)
_SPINE_INFECTION = (Citation(source="yusuf-spinal-infection-2019", at="Abstract, Results", checked=Checked.READ),)
_ABSCESS = (Citation(source="ortho-reviews-vertebral-osteomyelitis", at="Introduction", checked=Checked.READ),)
_CORD_INJURY = (Citation(source="hawaii-sci-recognizing", at="Recognizing a Spinal Cord Injury", checked=Checked.READ),)
_CCR = (Citation(source="canadian-c-spine-2001", at="high-risk factors", checked=Checked.UNCHECKED),)
_VCF = (Citation(source="altru-compression-fracture", at="whole page", checked=Checked.READ),)
_STROKE = (Citation(source="nih-seniorhealth-stroke", at="What are the warning signs of stroke", checked=Checked.READ),)
_NG127 = (Citation(source="nice-ng127", at="Limb or facial weakness in adults", checked=Checked.SECOND_HAND),)
_DIZZY = (Citation(source="nice-ng127", at="1.2.1", checked=Checked.READ),)
_DELIRIUM = (Citation(source="nice-cg103", at="1.3.1", checked=Checked.READ),)
_HEAD = (Citation(source="nice-cg176", at="referral to emergency department", checked=Checked.SECOND_HAND),)
_SEIZURE = (Citation(source="chi-seizure-first-aid", at="reasons to call an ambulance", checked=Checked.READ),)
_GBS = (Citation(source="mayo-gbs", at="When to see a doctor", checked=Checked.READ),)
_MG = (Citation(source="mgfa-crisis", at="MG Exacerbations and Crisis", checked=Checked.READ),)
_HEADACHE = (Citation(source="becker-headache-2015", at="table of red flags", checked=Checked.READ),)
_PREGNANT = (Citation(source="gmmmg-headache-2015", at="Emergency symptoms", checked=Checked.READ),)
_MENINGITIS = (Citation(source="hackney-meningitis", at="Symptoms of meningitis", checked=Checked.READ),)
_GCA = (Citation(source="lanarkshire-gca", at="presentation", checked=Checked.READ),)
_ARTERY = (Citation(source="acepnow-dissection-2013", at="Carotid artery dissection", checked=Checked.READ),)
_CORD_CARE = (Citation(source="csm-autonomic-dysreflexia", at="What to do", checked=Checked.READ),)
_PUMP = (Citation(source="fda-itb-boxed-warning", at="abrupt discontinuation", checked=Checked.SECOND_HAND),)
_SWALLOW = (Citation(source="breatheworks-swallowing", at="Quick take", checked=Checked.READ),)
_TREMOR = (Citation(source="nice-ng127", at="Tremor in adults", checked=Checked.SECOND_HAND),)
_FOOT = (Citation(source="lothian-lumbar-red-flags", at="Acute foot drop", checked=Checked.READ),)


def _rules(raises: str, sources: tuple[Citation, ...], *groups: str) -> tuple[Combination, ...]:
    return tuple(Combination(raises=raises, signs=tuple(group.split()), sources=sources) for group in groups)


COMBINATIONS = (
    *_rules("cauda_equina", _BASS, "b28013 bladder_trouble", "b2803 bladder_trouble"),
    *_rules("cauda_equina", _CES, "pain_both_legs bladder_trouble", "pain_both_legs weak_legs", "pain_both_legs sudden_onset"),
    *_rules("cord_compression", _MSCC, "b28013 cancer weak_legs", "b28013 cancer unsteady_walking", "neck_pain_any cancer weak_legs"),
    *_rules("cord_compression", _MSCC, "cancer weak_legs bladder_trouble", "weak_legs bladder_trouble sudden_onset"),
    *_rules("cord_compression", _DCM, "neck_pain_any weak_legs bladder_trouble", "both_hands_numb weak_legs bladder_trouble"),
    *_rules("cord_compression", _ABSCESS, "b28013 fever weak_legs", "spinal_infection weak_legs", "spinal_infection bladder_trouble"),
    *_rules("cervical_cord_signs", _DCM, "clumsy_hands unsteady_walking", "clumsy_hands bladder_trouble", "clumsy_hands weak_legs"),
    *_rules("cervical_cord_signs", _DCM, "both_hands_numb unsteady_walking", "both_hands_numb bladder_trouble", "both_hands_numb weak_legs"),
    *_rules("spinal_pain_with_cancer", _RNOH, "b28013 cancer", "neck_pain_any cancer"),
    *_rules("spinal_infection", _SPINE_INFECTION, "b28013 fever", "neck_pain_any fever", "b28013 injects_drugs", "neck_pain_any injects_drugs"),
    *_rules("spinal_infection", _SPINE_INFECTION, "b28013 weak_immunity night_pain", "b28013 feels_very_ill"),
    *_rules("spinal_fracture", _CORD_INJURY, "neck_pain_any recent_injury both_hands_numb", "b28013 recent_injury weak_legs"),
    *_rules("spinal_fracture", _CCR, "neck_pain_any recent_injury older_person"),
    *_rules("fragile_spine_fracture", _VCF, "b28013 recent_injury older_person", "b28013 recent_injury osteoporosis", "b28013 recent_injury steroids"),
    *_rules("fragile_spine_fracture", _VCF, "b28013 osteoporosis sudden_onset", "b28013 steroids sudden_onset"),
    *_rules("stroke_signs", _STROKE, "one_side_numb sudden_onset", "new_slurred_speech sudden_onset"),
    *_rules("stroke_signs", _DIZZY, "b2401 sudden_onset vision_off", "b2401 sudden_onset one_side_numb"),
    *_rules("sudden_limb_weakness", _NG127, "weak_legs sudden_onset"),
    *_rules("head_injury", _HEAD, "head_knock confused", "head_knock throws_up", "head_knock seizure_any", "head_knock blackout"),
    *_rules("head_injury", _HEAD, "head_knock one_side_numb", "head_knock headache_any getting_worse"),
    *_rules("head_injury_blood_thinner", _HEAD, "head_knock blood_thinner", "head_injury blood_thinner"),
    *_rules("first_seizure", _SEIZURE, "seizure_any pregnant", "seizure_any fever", "seizure_any recent_operation"),
    *_rules("guillain_barre", _GBS, "tingling_hands_feet weak_legs sudden_onset", "tingling_hands_feet weak_legs breathless"),
    *_rules("myasthenia_crisis", _MG, "myasthenia_gravis breathless", "myasthenia_gravis swallowing_hard", "myasthenia_gravis cannot_swallow"),
    *_rules("thunderclap_headache", _HEADACHE, "headache_any sudden_onset throws_up", "headache_any sudden_onset stiff_neck"),
    *_rules("thunderclap_headache", _HEADACHE, "headache_any sudden_onset blackout", "headache_any sudden_onset confused"),
    *_rules("severe_new_headache", _HEADACHE, "headache_any sudden_onset", "headache_any cancer", "headache_any weak_immunity", "headache_any confused"),
    *_rules("severe_new_headache", _PREGNANT, "headache_any pregnant", "headache_any gave_birth_recently"),
    *_rules("meningitis", _MENINGITIS, "stiff_neck fever", "light_hurts fever", "headache_any fever confused"),
    *_rules("gca_signs", _GCA, "scalp_tender older_person", "scalp_tender jaw_pain_chewing", "jaw_pain_chewing headache_any older_person"),
    *_rules("gca_visual_loss", _GCA, "scalp_tender vision_off", "jaw_pain_chewing vision_off", "gca_signs vision_off", "gca_signs sudden_vision_loss"),
    *_rules("sudden_vision_loss", _STROKE, "vision_off sudden_onset"),
    *_rules("neck_artery_tear", _ARTERY, "neck_pain_any vision_off sudden_onset", "neck_pain_any new_slurred_speech sudden_onset"),
    *_rules("autonomic_dysreflexia", _CORD_CARE, "spinal_cord_injury headache_any sudden_onset"),
    *_rules("baclofen_withdrawal", _PUMP, "baclofen_pump fever", "baclofen_pump confused", "baclofen_pump seizure_any"),
    *_rules("delirium", _DELIRIUM, "confused sudden_onset", "confused fever", "confused recent_operation", "confused feels_very_ill"),
    *_rules("new_swallowing_trouble", _SWALLOW, "swallowing_hard sudden_onset", "swallowing_hard weight_loss", "swallowing_hard getting_worse"),
    *_rules("acute_neuro_decline", _NG127, "progressive_weakness breathless", "progressive_weakness swallowing_hard"),
    *_rules("progressive_weakness", _NG127, "weak_legs getting_worse", "b7300 getting_worse", "b7301 getting_worse", "foot_drags getting_worse"),
    *_rules("new_tremor", _TREMOR, "shakes_any sudden_onset", "b7651 sudden_onset"),
    *_rules("foot_drop_new", _FOOT, "foot_drags sudden_onset", "foot_drags b2803"),
)
