"""How a trough's blood is handled, as the protocol says.

Of Chen ZL et al., Chin J Gastrointest Surg 2024;27(11):1149: 5 ml of venous blood into EDTA, whole
blood at 4 degC and 3000 rpm for 10 min, the plasma into 1.5 ml tubes at -80 degC, sent together in
batches, HPLC-MS/MS. It names no longest time between these steps, so none is held here.
"""

TUBE = "EDTA"
VOLUME_ML = 5
SPEED_RPM = 3000
MINUTES = 10
SPUN_AT_CELSIUS = 4
STORED_AT_CELSIUS = -80
METHOD = "HPLC-MS/MS"
