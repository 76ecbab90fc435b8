#include "policy/read_parts.h"
#include "policy/test_table.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace reachable::policy {

namespace {

constexpr std::size_t broken_characters = 40; // of a glass that is broken with all it needs
constexpr std::chrono::seconds broken_opened{60};

struct Reading {
    TestTable table;
    std::vector<ViewLine> views;
    std::vector<std::string> view_names;
    Declared declared; // every category and relationship of the program
};

Declared everything_declared()
{
    Declared declared;
    declared.categories.assign(words_of_categories().begin(), words_of_categories().end());
    declared.relationships.assign(words_of_relationships().begin(), words_of_relationships().end());
    return declared;
}

Result<> read_view(TokenReader& reader, Reading& reading)
{
    ViewLine view{.name = TRY(reader.name("the name of the view"))};
    if (reader.take("whole")) view.whole = TRY(categories(reader, reading.declared));
    if (reader.take("summary")) view.summary = TRY(categories(reader, reading.declared));
    if (reader.take("own")) view.own = TRY(categories(reader, reading.declared));
    if (reader.take("released")) view.released = TRY(categories(reader, reading.declared));
    TRY(reader.expect_end({"whole", "summary", "own", "released"}));
    reading.view_names.push_back(view.name);
    reading.views.push_back(std::move(view));
    return {};
}

Result<> read_lasts(TokenReader& reader, Reading& reading)
{
    const auto one = static_cast<Relationship>(TRY(reader.one_of(words_of_relationships(), "relationship")));
    std::chrono::seconds lasts{0};
    if (!reader.take("0")) lasts = TRY(reader.duration());
    reading.table.lasts.emplace_back(one, lasts);
    return reader.expect_end({});
}

/// The number behind `word`, if the circumstance begins with it.
std::optional<std::int64_t> number_after(std::string_view circumstance, std::string_view word)
{
    if (!circumstance.starts_with(word)) return std::nullopt;
    const auto digits = circumstance.substr(word.size());
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return value;
}

bool take_glass(std::string_view word, Request& request)
{
    if (!word.starts_with("broken")) return false;
    if (!request.break_glass) request.break_glass = BreakGlass{broken_characters, broken_opened};
    if (word == "broken") return true;
    if (const auto characters = number_after(word, "broken-characters-")) {
        request.break_glass->reason_characters = static_cast<std::size_t>(*characters);
        return true;
    }
    if (const auto opened = number_after(word, "broken-opened-")) {
        request.break_glass->opened_ago = std::chrono::seconds{*opened};
        return true;
    }
    if (const auto proved = number_after(word, "broken-proved-")) {
        request.second_factor_age = std::chrono::seconds{*proved};
        return true;
    }
    return false;
}

bool take_circumstance(std::string_view word, Request& request)
{
    if (const auto place = place_of(word, words_of_relationships())) {
        request.relationships.insert(static_cast<Relationship>(*place));
        return true;
    }
    if (word == "sealed") return request.is_sealed = true;
    if (word == "under-alert") return (request.is_under_alert = Told::yes, true);
    if (word == "opened-with-reason") return (request.is_opened_with_reason = Told::yes, true);
    constexpr std::string_view unsure = "unsure-";
    if (word.starts_with(unsure))
        if (const auto place = place_of(word.substr(unsure.size()), words_of_relationships())) {
            request.unsure_relationships.insert(static_cast<Relationship>(*place));
            return true;
        }
    constexpr std::string_view supervising = "supervising-";
    if (word.starts_with(supervising))
        if (const auto place = place_of(word.substr(supervising.size()), words_of_roles())) {
            request.supervised = static_cast<accounts::Role>(*place);
            return true;
        }
    return take_glass(word, request);
}

/// No relationship, and each alone but the bar.
std::vector<Request> whatever()
{
    std::vector<Request> situations(1);
    for (std::size_t i = 0; i < relationship_count; ++i)
        if (static_cast<Relationship>(i) != Relationship::linked)
            situations.emplace_back().relationships = {static_cast<Relationship>(i)};
    return situations;
}

Result<std::vector<Request>> situations_of(TokenReader& reader)
{
    if (reader.take("whatever")) {
        TRY(reader.expect_end({}));
        return whatever();
    }
    std::vector<Request> situations;
    do {
        Request& request = situations.emplace_back();
        if (reader.take("nothing")) continue;
        do {
            const auto word = TRY(reader.name("a relationship or a circumstance"));
            if (!take_circumstance(word, request))
                return reader.fault(fmt::format("“{}” is no relationship and no circumstance. {}", word,
                                                remedy_for(word, words_of_relationships())));
        } while (reader.take(","));
    } while (reader.take("or"));
    TRY(reader.expect_end({"or"}));
    return situations;
}

/// Adds what a view shows up to a label, to people of whose case `is_own` says whether it is their organisation's.
void add_view(FieldView& seen, const ViewLine& view, Label up_to)
{
    for (std::size_t label = 0; label <= static_cast<std::size_t>(up_to); ++label)
        for (std::size_t item = 0; item < item_kinds; ++item) {
            auto whole = view.whole.bits();
            if ((item & 1U) != 0) whole |= view.own.bits();
            if ((item & 2U) != 0) whole |= view.released.bits();
            auto& shown = seen.shown[label][item];
            shown.whole = static_cast<std::uint16_t>(shown.whole | whole);
            shown.masked = static_cast<std::uint16_t>(shown.masked | whole);
            shown.generalised = static_cast<std::uint16_t>(shown.generalised | whole | view.summary.bits());
        }
}

void lower(FieldView& seen, AnyOf<Category> cut, std::size_t to)
{
    const auto rest = static_cast<std::uint16_t>(~cut.bits());
    for (auto& of_label : seen.shown)
        for (auto& shown : of_label) {
            shown.whole &= rest;
            if (to != 1) shown.masked &= rest;
            if (to == 2) shown.generalised &= rest;
        }
}

Result<> read_views_seen(TokenReader& reader, Reading& reading, TestRow& row)
{
    do {
        const auto& view = reading.views[TRY(reader.one_of(reading.view_names, "view of this table"))];
        add_view(row.seen, view, TRY(ceiling(reader)));
    } while (reader.take("and"));
    while (reader.take("with")) {
        static const std::vector<std::string> shows = {"summary", "masked", "nothing"};
        const auto cut = TRY(categories(reader, reading.declared));
        TRY(reader.expect("as"));
        lower(row.seen, cut, TRY(reader.one_of(shows, "way of showing")));
    }
    return {};
}

Result<> read_seen(TokenReader& reader, Reading& reading, TestRow& row)
{
    if (reader.take("denied")) return reader.expect_end({});
    row.is_allowed = true;
    if (!reader.take("nothing")) TRY(read_views_seen(reader, reading, row));
    row.duties = TRY(duties_of(reader));
    return reader.expect_end({"and", "with", "then"});
}

/// The tokens of a cell, which stands at that line of the table.
Result<std::vector<Token>> cell_tokens(std::string_view cell, int line)
{
    auto tokens = tokens_of(cell);
    if (!tokens) return refuse(ProblemKind::malformed, fmt::format("line {}: “{}” cannot be read", line, trim(cell)));
    for (auto& token : *tokens) token.line = line;
    return tokens;
}

Result<> read_row(std::string_view words, int line, Reading& reading)
{
    const auto cells = split(words, '|');
    if (cells.size() != 6)
        return refuse(ProblemKind::malformed,
                      fmt::format("line {}: a row has six cells: who | does | for | while | sees | because", line));
    std::vector<std::vector<Token>> tokens;
    for (const auto cell : cells) tokens.push_back(TRY(cell_tokens(cell, line)));
    TestRow row{.line = line};

    TokenReader who(tokens[0]);
    row.roles = TRY(roles(who)).bits();
    TRY(who.expect("of"));
    row.kinds = TRY(kinds(who)).bits();
    TRY(who.expect_end({}));
    TokenReader does(tokens[1]);
    row.actions = TRY(does.names("an action"));
    TRY(does.expect_end({}));
    TokenReader purpose(tokens[2]);
    row.purposes = TRY(purpose.names("a purpose"));
    TRY(purpose.expect_end({}));
    TokenReader situation(tokens[3]);
    row.situations = TRY(situations_of(situation));
    TokenReader seen(tokens[4]);
    TRY(read_seen(seen, reading, row));
    TokenReader because(tokens[5]);
    if (!because.is_at_end()) row.because = TRY(because.names("the number of a rule"));
    TRY(because.expect_end({}));
    std::ranges::sort(row.because);
    reading.table.rows.push_back(std::move(row));
    return {};
}

Result<> read_line(std::string_view words, int line, Reading& reading)
{
    if (words.find('|') != std::string_view::npos) return read_row(words, line, reading);
    const auto tokens = TRY(cell_tokens(words, line));
    TokenReader reader(tokens);
    if (reader.take("view")) return read_view(reader, reading);
    if (reader.take("lasts")) return read_lasts(reader, reading);
    TRY(reader.expect("everything else is denied"));
    reading.table.is_whole = true;
    return reader.expect_end({});
}

} // namespace

Result<TestTable> read_test_table(std::string_view text)
{
    Reading reading{.declared = everything_declared()};
    Problems problems;
    int line = 0;
    for (const auto words : split(text, '\n')) {
        ++line;
        const auto trimmed = trim(words);
        if (trimmed.empty() || trimmed.starts_with('#')) continue;
        if (const auto read = read_line(trimmed, line, reading); !read)
            problems.insert(problems.end(), read.error().begin(), read.error().end());
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return std::move(reading.table);
}

} // namespace reachable::policy
