// What was asked of the policy, as the entry of a decision keeps it: enough to decide again, years later, by the text
// of the same hash (kept_texts.h). It is the line of request_text.h with each class of field once, in the order of the
// classes, and "+" for each space, for a text in an entry holds none. No word and no sign of the language holds "+".
//
//     custody-sergeant+of+police-force+may+read+for+custody-safeguarding+while+detaining+of+id-core+personal+…
#pragma once

#include "policy/policy.h"

namespace reachable::policy {

/// The question as an entry keeps it. Empty if its purpose or its action is no word of the language: such a question
/// was never put together by a door.
std::string question_of(const Request& request);
/// Reads it back; refuses, in a sentence, what `question_of` would not have written.
Result<Request> read_question(std::string_view question);

/// Writes the questions of one look, most of which are the same word for word: each different one is printed once.
class Questions {
  public:
    const std::string& of(const Request& request);

  private:
    struct Printed {
        Request request;
        std::string question;
    };
    std::vector<Printed> printed_;
};

/// Which categories were asked for and which of them were shown, one bit each, as an entry keeps them.
struct CategoryBits {
    std::uint64_t asked = 0;
    std::uint64_t shown = 0;
    std::pair<std::uint64_t, std::uint64_t> both() const { return {asked, shown}; }
    bool operator==(const CategoryBits&) const = default;
};
CategoryBits category_bits(std::span<const FieldClass> fields, const Decision& decision);

} // namespace reachable::policy
