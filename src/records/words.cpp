#include "records/words.h"

#include "base/text.h"
#include "records/document.h"

namespace reachable::records {
namespace {

using storage::Row;
using storage::Transaction;

void check(const OwnWords& words, DocumentReader& document)
{
    const auto need = [&](bool is_there, const char* sentence, const char* field) {
        if (!is_there && !document.has_problem(field)) document.add(ProblemKind::missing, sentence, field);
    };
    need(!words.child.is_none(), "Say which child", "child");
    need(!trim(words.words).empty(), "Write down the words as they were said", "words");
    need(!trim(words.speaker).empty(), "Say who spoke the words", "speaker");
    need(!trim(words.setting).empty(), "Say where and how the words were spoken", "setting");
    need(!trim(words.language).empty(), "Say in which language the words stand", "language");
    need(has_value(words.was_interpreted), "Say whether there was an interpreter", "was_interpreted");
    need(!words.written_down_by.is_none(), "Say who wrote the words down", "written_down_by");
}

OwnWords words_in(const Row& row)
{
    auto words = words_from(document_in(row, 0));
    CHECK(words.has_value(), "stored words cannot be read");
    return *std::move(words);
}

/// A correction or translation belongs to words of the same child.
Result<> check_origin(Transaction& transaction, WordsId origin, ChildId child, const char* field)
{
    if (origin.is_none()) return {};
    const auto found = find_words(transaction, origin);
    if (!found || found->child != child)
        return refuse(ProblemKind::not_found, "There are no such words of this child", field);
    return {};
}

} // namespace

Json to_json(const OwnWords& words)
{
    DocumentWriter document;
    document.id("id", words.id);
    document.id("child", words.child);
    document.text("words", words.words);
    document.text("speaker", words.speaker);
    document.text("setting", words.setting);
    document.text("language", words.language);
    document.text("was_interpreted", code_of(words.was_interpreted));
    document.text("interpreter", words.interpreter);
    document.id("written_down_by", words.written_down_by);
    document.part("said", words.said);
    document.text("written_at", to_iso(words.written_at));
    document.id("corrects", words.corrects);
    document.id("translates", words.translates);
    return document.take();
}

Result<OwnWords> words_from(const Json& json)
{
    DocumentReader document(json);
    OwnWords words{.id = document.id<WordsId>("id"),
                   .child = document.id<ChildId>("child"),
                   .words = document.text("words"),
                   .speaker = document.text("speaker"),
                   .setting = document.text("setting"),
                   .language = document.text("language"),
                   .was_interpreted = document.read("was_interpreted", answer_state_from, AnswerState::not_asked),
                   .interpreter = document.text("interpreter"),
                   .written_down_by = document.id<WorkerId>("written_down_by"),
                   .said = document.part("said", read_happened),
                   .written_at = document.read("written_at", parse_utc, UtcTime{}),
                   .corrects = document.id<WordsId>("corrects"),
                   .translates = document.id<WordsId>("translates")};
    check(words, document);
    return document.give(std::move(words));
}

Result<> add_words(Transaction& transaction, const OwnWords& words)
{
    if (words.id.is_none()) return refuse(ProblemKind::missing, "The entry has no reference of its own", "id");
    const auto document = to_json(words);
    TRY(words_from(document));
    TRY(check_origin(transaction, words.corrects, words.child, "corrects"));
    TRY(check_origin(transaction, words.translates, words.child, "translates"));
    const auto text = TRY(document_column(document));
    const auto child = to_value(words.child);
    const auto last = transaction.query("select coalesce(max(number), 0) from child_words where child = $1", {child});
    const auto added =
        transaction.change("insert into child_words (id, child, number, document) values ($1, $2, $3, $4) "
                           "on conflict (id) do nothing",
                           {to_value(words.id), child, last.front().integer(0) + 1, text});
    if (added == 0)
        return refuse(ProblemKind::conflict, "These words are on the record already, and are never changed");
    return {};
}

std::optional<OwnWords> find_words(Transaction& transaction, WordsId id)
{
    const auto rows = transaction.query("select document from child_words where id = $1", {to_value(id)});
    if (rows.empty()) return std::nullopt;
    return words_in(rows.front());
}

std::vector<OwnWords> words_of(Transaction& transaction, ChildId child)
{
    std::vector<OwnWords> words;
    for (const auto& row :
         transaction.query("select document from child_words where child = $1 order by number", {to_value(child)}))
        words.push_back(words_in(row));
    return words;
}

} // namespace reachable::records
