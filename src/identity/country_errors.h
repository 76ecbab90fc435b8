// How a person comes to stand differently in two systems: what clerks mishear, mistype, leave out or put into the wrong
// box. Every rate is a share of the records (or words) in which the error is possible at all: 0.02 is one in fifty.
#pragma once

#include "identity/country.h"

namespace reachable::identity {

struct ErrorModel {
    // Of every word of a name.
    double typo = 0;           // one letter put in, left out, replaced or changed places with the next
    double misheard = 0;       // written as it sounded
    double other_spelling = 0; // another accepted spelling: Yusuf, Youssef
    // Of every name.
    double short_form = 0; // Liz for Elizabeth
    double given_missing = 0;
    double given_placeholder = 0; // "Not known", "Baby"
    double family_missing = 0;
    double middle_dropped = 0;      // one given name is left of several
    double family_part_dropped = 0; // one word is left of a family name of several
    double swapped_boxes = 0;
    double all_in_given = 0;  // the family box is empty, the given box holds everything
    double one_box = 0;       // written whole
    double marks_dropped = 0; // Lukasz for Łukasz
    double own_script = 0;    // in the letters of its origin, where they are known here
    double capitals = 0;
    double stray_blanks = 0;
    double former_name = 0;        // under another of the person's names
    double other_names_listed = 0; // each of them
    // Of every date of birth.
    double born_missing = 0;
    double first_of_january = 0;
    double day_month_swap = 0;
    double one_digit = 0;
    double year_off = 0; // by one
    double only_month = 0;
    // The rest.
    double sex_missing = 0;
    double sex_wrong = 0;
    double old_address = 0;    // the newest is not known yet
    double history_listed = 1; // each older address
    double postcode_missing = 0;
    double postcode_typo = 0;
    double address_missing = 0;
    double phone_missing = 0;
    double phone_digit = 0;
    double email_missing = 0;
};

/// A custody sergeant's desk at night: heard names, aliases, few histories.
ErrorModel custody_errors();
/// A children's services system: good names, many addresses, several names in a box, assessed dates of birth.
ErrorModel childrens_services_errors();
/// A clean register, such as one of births or of patients.
ErrorModel register_errors();

/// The person as that source has them. The reference is drawn, so that it says nothing about who it is.
SourceRecord write_down(const Inhabitant& person, std::string_view source, const ErrorModel& errors, Random& random);

/// One name with the errors of names; the boxes as the source has them.
SourceName written_name(const SourceName& name, Tradition tradition, const ErrorModel& errors, Random& random);
/// One date with the errors of dates; nothing where it is missing.
std::optional<PartialDate> written_date(CivilDate born, const ErrorModel& errors, Random& random);

/// One slip of the fingers; always another word, if it has two letters or more.
std::string with_typo(std::string_view word, Random& random);
/// As somebody wrote it who only heard it.
std::string misheard(std::string_view word, Random& random);
/// A short form in use; empty where none is known here.
std::string short_form_of(std::string_view given, Random& random);
/// Another digit in one place of a number or code; the same text where it has none.
std::string with_wrong_digit(std::string text, Random& random);

} // namespace reachable::identity
