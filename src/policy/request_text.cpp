#include "policy/request_text.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace reachable::policy {

namespace {

constexpr std::string_view stranger = "unknown"; // a role, a kind, a category or a label that is none

template <class T>
std::string word_or_stranger(T value, Words words)
{
    const auto number = static_cast<std::int64_t>(value);
    const bool is_known = number >= 0 && number < static_cast<std::int64_t>(words.size());
    return is_known ? words[static_cast<std::size_t>(number)] : std::string(stranger);
}

bool is_word(std::string_view text)
{
    const auto tokens = tokens_of(text);
    return tokens && tokens->size() == 1 && tokens->front().kind == TokenKind::word && !is_keyword(text) &&
           tokens->front().text == text;
}

std::string print_field(const FieldClass& field)
{
    std::string words = word_or_stranger(field.category, words_of_categories()) + " " +
                        word_or_stranger(field.label, words_of_labels());
    if (field.supplied_by_own_agency != Told::unknown)
        words += field.supplied_by_own_agency == Told::yes ? " own" : " not-own";
    if (field.released_to_agency != Told::unknown)
        words += field.released_to_agency == Told::yes ? " released" : " not-released";
    return words;
}

std::string print_relationships(const std::set<Relationship>& relationships)
{
    std::vector<std::string> words;
    for (const auto one : relationships)
        if (auto word = word_or_stranger(one, words_of_relationships()); word != stranger) words.push_back(word);
    return join(words, ", ");
}

std::string print_marks(const Request& request)
{
    std::vector<std::string> words;
    if (request.is_sealed) words.emplace_back("sealed");
    const auto add = [&](Told told, std::string_view word) {
        if (told != Told::unknown) words.push_back((told == Told::no ? "not-" : "") + std::string(word));
    };
    add(request.is_under_alert, "under-alert");
    add(request.is_opened_with_reason, "opened-with-reason");
    return join(words, ", ");
}

std::string print_lacks(const Means& means)
{
    std::vector<std::string> words;
    if (!means.can_log) words.emplace_back("log");
    if (!means.can_notify) words.emplace_back("notify");
    if (!means.can_expire) words.emplace_back("expire");
    return join(words, ", ");
}

// --- Reading

const std::vector<std::string>& mark_words()
{
    static const std::vector<std::string> words = {"sealed", "under-alert", "not-under-alert", "opened-with-reason",
                                                   "not-opened-with-reason"};
    return words;
}

/// One of the words, or the stranger: the place after the last.
Result<int> value_or_stranger(TokenReader& reader, Words words, std::string_view what)
{
    if (reader.take(stranger)) return static_cast<int>(words.size());
    return static_cast<int>(TRY(reader.one_of(words, what)));
}

Result<std::int64_t> number(TokenReader& reader)
{
    const auto word = TRY(reader.name("a number"));
    std::int64_t value = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), value);
    if (read.ec != std::errc{} || read.ptr != word.data() + word.size())
        return reader.fault(fmt::format("“{}” is no number", word));
    return value;
}

Result<FieldClass> field_of(TokenReader& reader)
{
    const auto category = static_cast<Category>(TRY(value_or_stranger(reader, words_of_categories(), "category")));
    const auto label = static_cast<Label>(TRY(value_or_stranger(reader, words_of_labels(), "label")));
    FieldClass field{category, label};
    if (reader.take("own")) field.supplied_by_own_agency = Told::yes;
    if (reader.take("not-own")) field.supplied_by_own_agency = Told::no;
    if (reader.take("released")) field.released_to_agency = Told::yes;
    if (reader.take("not-released")) field.released_to_agency = Told::no;
    return field;
}

Result<> read_marks(TokenReader& reader, Request& request)
{
    for (const auto& word : TRY(reader.words_of(mark_words(), "mark of a record"))) {
        if (word == "sealed") request.is_sealed = true;
        if (word == "under-alert") request.is_under_alert = Told::yes;
        if (word == "not-under-alert") request.is_under_alert = Told::no;
        if (word == "opened-with-reason") request.is_opened_with_reason = Told::yes;
        if (word == "not-opened-with-reason") request.is_opened_with_reason = Told::no;
    }
    return {};
}

Result<std::set<Relationship>> relationship_set(TokenReader& reader)
{
    const auto bits = TRY(reader.list_of(words_of_relationships(), "relationship"));
    std::set<Relationship> set;
    for (std::size_t i = 0; i < relationship_count; ++i)
        if ((bits >> i) & 1U) set.insert(static_cast<Relationship>(i));
    return set;
}

Result<> read_circumstances(TokenReader& reader, Request& request)
{
    if (reader.take("record")) {
        TRY(reader.expect("is"));
        TRY(read_marks(reader, request));
    }
    if (reader.take("supervising"))
        request.supervised = static_cast<accounts::Role>(TRY(reader.one_of(words_of_roles(), "role")));
    if (reader.take("second-factor")) request.second_factor_age = std::chrono::seconds{TRY(number(reader))};
    if (reader.take("break-glass")) {
        const auto characters = TRY(number(reader));
        if (characters < 0) return reader.fault("a reason has no fewer characters than none");
        request.break_glass =
            BreakGlass{static_cast<std::size_t>(characters), std::chrono::seconds{TRY(number(reader))}};
    }
    if (reader.take("cannot")) {
        static const std::vector<std::string> words = {"log", "notify", "expire"};
        const auto lacks = TRY(reader.list_of(words, "duty"));
        request.means = {(lacks & 1U) == 0, (lacks & 2U) == 0, (lacks & 4U) == 0};
    }
    return {};
}

} // namespace

Result<std::string> print_request(const Request& request)
{
    if (!is_word(request.action)) return refuse(ProblemKind::malformed, "The action is no word of the language");
    if (!request.purpose.empty() && !is_word(request.purpose))
        return refuse(ProblemKind::malformed, "The purpose is no word of the language");
    std::string line = fmt::format("{} of {} may {}", word_or_stranger(request.role, words_of_roles()),
                                   word_or_stranger(request.agency_kind, words_of_kinds()), request.action);
    const auto add = [&](std::string_view word, const std::string& words) {
        if (!words.empty()) line += fmt::format(" {} {}", word, words);
    };
    add("for", request.purpose);
    add("while", print_relationships(request.relationships));
    add("unsure", print_relationships(request.unsure_relationships));
    std::vector<std::string> fields;
    for (const auto& field : request.fields) fields.push_back(print_field(field));
    add("of", join(fields, ", "));
    add("record is", print_marks(request));
    if (request.supervised) add("supervising", word_or_stranger(*request.supervised, words_of_roles()));
    add("second-factor", fmt::format("{}", request.second_factor_age.count()));
    if (request.break_glass)
        add("break-glass",
            fmt::format("{} {}", request.break_glass->reason_characters, request.break_glass->opened_ago.count()));
    add("cannot", print_lacks(request.means));
    return line;
}

Result<Request> read_request(std::string_view line)
{
    const auto tokens = TRY(tokens_of(line));
    TokenReader reader(tokens);
    Request request;
    request.role = static_cast<accounts::Role>(TRY(value_or_stranger(reader, words_of_roles(), "role")));
    TRY(reader.expect("of"));
    request.agency_kind =
        static_cast<accounts::AgencyKind>(TRY(value_or_stranger(reader, words_of_kinds(), "kind of agency")));
    TRY(reader.expect("may"));
    request.action = TRY(reader.name("an action"));
    if (reader.take("for")) request.purpose = TRY(reader.name("a purpose"));
    if (reader.take("while")) request.relationships = TRY(relationship_set(reader));
    if (reader.take("unsure")) request.unsure_relationships = TRY(relationship_set(reader));
    if (reader.take("of")) {
        do request.fields.push_back(TRY(field_of(reader)));
        while (reader.take(","));
    }
    TRY(read_circumstances(reader, request));
    TRY(reader.expect_end(
        {"for", "while", "unsure", "of", "record", "supervising", "second-factor", "break-glass", "cannot"}));
    return request;
}

} // namespace reachable::policy
