// The names that are one name, as they are shipped. Run from the folder of the project.
#pragma once

#include "identity/name_classes.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace reachable::bench {

inline identity::NameClasses shipped_classes()
{
    std::ifstream file("data/identity/names.csv");
    if (!file) throw std::runtime_error("run this from the folder of the project: data/identity/names.csv is not here");
    std::stringstream text;
    text << file.rdbuf();
    return identity::NameClasses::read(text.str()).value();
}

} // namespace reachable::bench
