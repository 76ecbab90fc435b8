// A child's own words, as they were said (R-X-09). They are added and never edited: no function here changes them, a
// correction or a translation is an entry of its own that names the one it belongs to.
#pragma once

#include "records/answer.h"
#include "records/source.h"
#include "records/versions.h"

namespace reachable::records {

using WordsId = Id<struct WordsKind>;

struct OwnWords {
    WordsId id;
    ChildId child;
    std::string words;    // exactly as said; kept to the last space
    std::string speaker;  // "the child", "an interpreter for the child", "a friend, repeating the child"
    std::string setting;  // "in the car, on the way home"
    std::string language; // of `words`, as a BCP 47 tag: "cy", "vi", "en-GB"
    AnswerState was_interpreted = AnswerState::not_asked; // yes or no, or unknown; blank is none
    std::string interpreter;                              // "by telephone, professional": how, never a name
    WorkerId written_down_by;
    Happened said;
    UtcTime written_at{};
    WordsId corrects;   // none: a first entry
    WordsId translates; // none: as said
    bool operator==(const OwnWords&) const = default;
};

Json to_json(const OwnWords& words);
/// Refuses, all at once and by member: what cannot be read, and any of child, words, speaker, setting, language,
/// interpretation and writer that is missing.
Result<OwnWords> words_from(const Json& json);

/// Adds an entry. Refuses what `words_from` refuses, an id that is taken (conflict), and an entry that corrects or
/// translates words which this child did not say (not found).
Result<> add_words(storage::Transaction& transaction, const OwnWords& words);
std::optional<OwnWords> find_words(storage::Transaction& transaction, WordsId id);
/// Every entry of the child in the order they were added, corrected ones too.
std::vector<OwnWords> words_of(storage::Transaction& transaction, ChildId child);

} // namespace reachable::records
