// Protected characteristics of a child (3.2): what the child says of themselves, what professionals know of their needs
// and, apart from both, what an officer thought they saw. None of it is ever inferred, and none of it is asked for by
// anything that looks for a child.
#pragma once

#include "records/answer.h"
#include "records/source.h"

#include <string>
#include <vector>

namespace reachable::records {

/// "'Suspected' is a support need, not a diagnosis."
enum class HowKnown { diagnosed, suspected, self_described };
std::string_view code_of(HowKnown how);
Result<HowKnown> how_known_from(std::string_view code);

/// A disability, a special educational need, or a way in which the child's mind works.
struct Need {
    std::string code; // of data/reference/needs.csv
    HowKnown how_known = HowKnown::suspected;
    Source source; // who knows it; it may be another than who keeps the record
    bool operator==(const Need&) const = default;
};

void write(DocumentWriter& document, const Need& need);

struct Characteristics {
    std::string ethnicity;                // as the child defines it, a code of the list of 18+1; empty: not asked
    std::string ethnicity_not_stated_why; // with "NS", and only then
    std::string ethnicity_as_perceived;   // by an officer, of the 6+1 codes: a perception, in no place of the above
    std::string sex;                      // empty: not asked
    std::string gender_identity;          // empty: not asked; "prefer_not_to_say" is an answer
    AnswerState has_needs = AnswerState::not_asked; // yes with `needs`; no: none known
    std::vector<Need> needs;
    AnswerState needs_interpreter = AnswerState::not_asked;
    std::string faith;       // optional
    std::string nationality; // optional; never a search key, never in a list (3.2)
    bool operator==(const Characteristics&) const = default;
};

void write(DocumentWriter& document, const Characteristics& characteristics);
Characteristics read_characteristics(DocumentReader& document);

/// Every problem at once, each with the member it belongs to: a perception among what the child says, "not stated"
/// without why, needs that nobody answered yes to, and the same need twice.
Problems problems_of(const Characteristics& characteristics);

} // namespace reachable::records
