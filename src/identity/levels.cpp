// The words of every level, and how many each field has.
#include "identity/comparison.h"

namespace reachable::identity {
namespace {

constexpr std::array<std::string_view, field_count> codes{"given", "family",  "order", "born",  "sex",       "postcode",
                                                          "place", "address", "phone", "email", "identifier"};

constexpr std::array<std::string_view, 10> of_names{"not known",
                                                    "different",
                                                    "initial only",
                                                    "alike",
                                                    "sounds alike",
                                                    "short form",
                                                    "one name of several in common",
                                                    "one letter different",
                                                    "another spelling of it",
                                                    "same"};
constexpr std::array<std::string_view, 3> of_order{"not known", "in the same order", "the other way round"};
constexpr std::array<std::string_view, 9> of_birth{"not known",
                                                   "years apart",
                                                   "within two years",
                                                   "same year, the day is not certain",
                                                   "same day in another year",
                                                   "same month",
                                                   "one digit different",
                                                   "day and month exchanged",
                                                   "same"};
constexpr std::array<std::string_view, 3> of_sex{"not known", "different", "same"};
constexpr std::array<std::string_view, 5> of_values{"not known", "different", "partly the same", "nearly the same",
                                                    "same"};

std::span<const std::string_view> words_of(Field field)
{
    switch (field) {
    case Field::given:
    case Field::family: return of_names;
    case Field::order: return of_order;
    case Field::born: return of_birth;
    case Field::sex: return of_sex;
    default: return of_values;
    }
}

} // namespace

std::string_view words_of_level(Field field, std::uint8_t level)
{
    return words_of(field)[level];
}

std::string_view code_of(Field field)
{
    return codes[static_cast<std::size_t>(field)];
}

std::size_t level_count(Field field)
{
    return words_of(field).size();
}

} // namespace reachable::identity
