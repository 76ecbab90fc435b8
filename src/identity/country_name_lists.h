// Where the name lists of each tradition stand; read through lists_of() in country_names.h.
#pragma once

#include "identity/country_names.h"

namespace reachable::identity {

// country_names_isles.cpp
extern const NameLists british_names;
extern const NameLists irish_names;
extern const NameLists traveller_names;
// country_names_europe.cpp
extern const NameLists polish_names;
extern const NameLists romanian_names;
extern const NameLists portuguese_spanish_names;
extern const NameLists ukrainian_names;
extern const NameLists turkish_kurdish_names;
// country_names_asia.cpp
extern const NameLists south_asian_muslim_names;
extern const NameLists sikh_names;
extern const NameLists hindu_names;
extern const NameLists vietnamese_names;
extern const NameLists chinese_names;
// country_names_africa.cpp
extern const NameLists somali_names;
extern const NameLists arabic_names;
extern const NameLists west_african_names;
extern const NameLists eritrean_ethiopian_names;

} // namespace reachable::identity
