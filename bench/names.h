// The names that are one name, as they are shipped. Run from the folder of the project.
#pragma once

#include "identity/name_classes.h"

#include <fstream>
#include <sstream>

namespace reachable::bench {

inline identity::NameClasses shipped_classes()
{
    std::ifstream file("data/identity/names.csv");
    std::stringstream text;
    text << file.rdbuf();
    return identity::NameClasses::read(text.str()).value();
}

} // namespace reachable::bench
