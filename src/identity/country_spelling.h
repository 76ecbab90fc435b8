// How rarer names come about in the invented country: put together of parts, blended, spelled in a family's own way.
#pragma once

#include "identity/country_names.h"

namespace reachable::identity {

/// A family name of a stem, sometimes a link, and an ending of the tradition; now and then in an odd spelling.
/// The tradition has stems.
std::string composed_family(const TraditionNames& names, QuickRandom& random);

/// A given name that few bear: a spelling of the family's own, or a blend of two names of the tradition.
std::string varied_given(const TraditionNames& names, Sex sex, QuickRandom& random);

/// One change that leaves a name sounding much the same: "Jaiden" for "Jayden". The same word where none fits.
std::string respelled(std::string word, QuickRandom& random);

/// With a capital in front and small letters behind; only a to z are touched.
std::string capitalised(std::string word);

} // namespace reachable::identity
