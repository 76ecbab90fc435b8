// Ready-made models of error. The rates are made up, in the order of size that studies of linked records report: names
// differ in a tenth of pairs, dates of birth in one of a hundred, postcodes in half.
#include "identity/country_errors.h"

namespace reachable::identity {

ErrorModel custody_errors()
{
    return {.typo = 0.03,
            .misheard = 0.04,
            .other_spelling = 0.08,
            .short_form = 0.10,
            .given_missing = 0.003,
            .given_placeholder = 0.002,
            .family_missing = 0.002,
            .middle_dropped = 0.45,
            .family_part_dropped = 0.15,
            .swapped_boxes = 0.012,
            .all_in_given = 0.004,
            .one_box = 0.01,
            .marks_dropped = 0.9,
            .capitals = 0.35,
            .stray_blanks = 0.02,
            .former_name = 0.05,
            .other_names_listed = 0.5,
            .born_missing = 0.004,
            .first_of_january = 0.01,
            .day_month_swap = 0.012,
            .one_digit = 0.02,
            .year_off = 0.01,
            .sex_missing = 0.002,
            .sex_wrong = 0.002,
            .old_address = 0.35,
            .history_listed = 0.25,
            .postcode_missing = 0.12,
            .postcode_typo = 0.02,
            .address_missing = 0.06,
            .phone_missing = 0.5,
            .phone_digit = 0.02,
            .email_missing = 0.9};
}

ErrorModel childrens_services_errors()
{
    return {.typo = 0.015,
            .misheard = 0.015,
            .other_spelling = 0.04,
            .short_form = 0.06,
            .given_missing = 0.004,
            .given_placeholder = 0.01,
            .family_missing = 0.001,
            .middle_dropped = 0.3,
            .family_part_dropped = 0.1,
            .swapped_boxes = 0.006,
            .all_in_given = 0.015,
            .one_box = 0.005,
            .marks_dropped = 0.7,
            .own_script = 0.002,
            .stray_blanks = 0.03,
            .former_name = 0.08,
            .other_names_listed = 0.7,
            .born_missing = 0.006,
            .first_of_january = 0.012,
            .day_month_swap = 0.005,
            .one_digit = 0.006,
            .year_off = 0.003,
            .only_month = 0.003,
            .sex_missing = 0.01,
            .sex_wrong = 0.003,
            .old_address = 0.2,
            .history_listed = 0.8,
            .postcode_missing = 0.04,
            .postcode_typo = 0.01,
            .address_missing = 0.02,
            .phone_missing = 0.25,
            .phone_digit = 0.01,
            .email_missing = 0.6};
}

ErrorModel register_errors()
{
    return {.typo = 0.003,
            .misheard = 0.001,
            .other_spelling = 0.01,
            .middle_dropped = 0.05,
            .family_part_dropped = 0.01,
            .swapped_boxes = 0.001,
            .marks_dropped = 0.5,
            .former_name = 0.02,
            .other_names_listed = 0.3,
            .day_month_swap = 0.0005,
            .one_digit = 0.001,
            .sex_missing = 0.001,
            .sex_wrong = 0.0005,
            .old_address = 0.15,
            .history_listed = 0.6,
            .postcode_missing = 0.01,
            .postcode_typo = 0.002,
            .phone_missing = 0.3,
            .email_missing = 0.5};
}

} // namespace reachable::identity
