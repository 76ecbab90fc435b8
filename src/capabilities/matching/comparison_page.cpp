#include "capabilities/matching/comparison_page.h"

#include "base/text.h"
#include "clocks/london.h"
#include "identity/source_records.h"
#include "web/components/button.h"
#include "web/components/table.h"
#include "web/components/warning_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::matching {
namespace {

using records::Child;

/// One line of the comparison; empty: not recorded.
struct Line {
    std::string_view what;
    std::string one;
    std::string other;
    bool is_compared = true; // false: who says so
};

std::string names_of(const Child& child)
{
    std::vector<std::string> names;
    for (const auto& name : child.names) names.push_back(name.as_given);
    return join(names, "; ");
}

std::string born_words(const Child& child, UtcTime now)
{
    if (!child.born) return {};
    return fmt::format("{}, {}", clocks::day_words(*child.born),
                       records::age_words(child.born, clocks::london_day(now)));
}

/// What differs is said in words, so that nobody must see a colour.
std::string compared(const Line& line)
{
    if (!line.is_compared) return "Not compared";
    if (line.one.empty() && line.other.empty()) return "Neither says";
    if (line.one.empty() || line.other.empty()) return "Only one says";
    return line.one == line.other ? "Same" : "Differs";
}

std::string agency_name(storage::Transaction& transaction, AgencyId id)
{
    const auto agency = accounts::find_agency(transaction, id);
    return agency ? agency->name : std::string();
}

std::string recorded_by(storage::Transaction& transaction, const Child& child)
{
    auto by = agency_name(transaction, child.source.agency);
    if (!by.empty() && !child.source.known_by.empty()) by += ", " + child.source.known_by;
    return by;
}

Html side_by_side(const Site& site, const Visit& visit, const Child& one, const Child& other)
{
    std::vector<Line> lines{{"Name", names_of(one), names_of(other)},
                            {"Likes to be called", one.likes_to_be_called, other.likes_to_be_called},
                            {"Born", born_words(one, visit.now), born_words(other, visit.now)}};
    site.desk.database.read([&](storage::Transaction& transaction) {
        lines.resize(3);
        lines.push_back({"Recorded by", recorded_by(transaction, one), recorded_by(transaction, other), false});
    });
    lines.push_back({"Recorded", clocks::wall_date_time(one.source.recorded_at),
                     clocks::wall_date_time(other.source.recorded_at), false});
    web::Table table{
        .caption = "Both records side by side",
        .caption_classes = "govuk-table__caption--m",
        .head = {{.text = "What"}, {.text = "One record"}, {.text = "The other record"}, {.text = "Compared"}},
        .first_cell_is_header = true};
    const auto cell = [](const std::string& words) {
        return web::TableCell{.text = words.empty() ? std::string("Not recorded") : words};
    };
    for (const auto& line : lines)
        table.rows.push_back({{.text = line.what}, cell(line.one), cell(line.other), {.text = compared(line)}});
    return web::stacked(table);
}

std::string said_by(const identity::SourceRecord& record)
{
    std::vector<std::string> said;
    for (const auto& name : record.names)
        said.push_back(name.whole.empty() ? fmt::format("{} {}", name.given, name.family) : name.whole);
    if (record.born) said.push_back("born " + clocks::day_words(*record.born));
    return said.empty() ? std::string("No name") : join(said, "; ");
}

/// R-A-01: "per-organisation provenance". Names and birth dates alone: where the child lives is held more closely.
Html who_says_what(const Site& site, const Visit& visit, const Seen& seen)
{
    web::Table table{.caption = "Which system said what, and when",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Record"}, {.text = "Organisation"}, {.text = "Said"}, {.text = "Received"}}};
    site.desk.database.read([&](storage::Transaction& transaction) {
        table.rows.clear();
        for (const auto& [which, child] :
             {std::pair{"One record", seen.child->id}, std::pair{"The other record", seen.other->id}})
            for (const auto& stored : identity::records_of(transaction, child, visit.now))
                table.rows.push_back(
                    {{.text = which},
                     {.text = fmt::format("{}, {}", agency_name(transaction, stored.agency), stored.record.source)},
                     {.text = said_by(stored.record)},
                     {.text = clocks::wall_date_time(stored.received_at)}});
    });
    if (table.rows.empty()) return {};
    return web::stacked(table);
}

/// "To be decided. Due 25 October 2026 at 01:15 BST: Somebody decides while one of them is in custody."
std::string how_it_stands(const Seen& seen, UtcTime now)
{
    std::string words = seen.head.state;
    if (!words.empty()) words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    words += '.';
    for (const auto& clock : seen.type->clocks)
        for (const auto& row : seen.clocks)
            if (row.code == clock.code && !row.stopped_at)
                words += fmt::format(" {} {}: {}.", row.due_at < now ? "Overdue since" : "Due",
                                     clocks::wall_date_time(row.due_at), clock.title);
    return words;
}

Html list_of(std::string_view title, const std::string& lines, std::string_view none)
{
    Html html = heading(title, 2);
    if (lines.empty()) return html << paragraph(none);
    html.lit("<ul class=\"govuk-list govuk-list--bullet\">");
    for (const auto line : split(std::string_view(lines), '\n')) {
        html.lit("<li>") << web::Text(std::string(line));
        html.lit("</li>");
    }
    return html.lit("</ul>");
}

Html reasons(const SamePerson& pair)
{
    Html html = list_of("What speaks for one child", pair.in_favour.words, "Nothing that is recorded.");
    html << list_of("What speaks against it", pair.against.words, "Nothing that is recorded.");
    if (!pair.why_asked.words.empty()) html << heading("Why somebody asks", 2) << paragraph(pair.why_asked.words);
    if (pair.may_be_siblings.value_or(false))
        html << render(web::WarningText{.text =
                                            "They may be twins, brothers or sisters. One child is only decided by an "
                                            "identifier that both records have, or by photographs."});
    if (pair.has_contradictory_identifiers.value_or(false))
        html << render(web::WarningText{.text = "Two identifiers of one type contradict each other. A second person "
                                                "confirms that they are one child."});
    return html;
}

/// Who decided, or proposed the undoing, is never the second person.
bool may_do(const Visit& visit, const Seen& seen, std::string_view action)
{
    const auto& pair = seen.as<SamePerson>();
    const auto& reader = visit.session.worker;
    if (action == "confirm_same" && pair.decided_by == reader) return false;
    if (action == "confirm_undo" && pair.undo_proposed_by == reader) return false;
    return seen.may_do(action);
}

/// What they wait for who did the first half of what two people do.
Html awaits_a_second_person(const Visit& visit, const Seen& seen)
{
    for (const auto* action : {"confirm_same", "confirm_undo"})
        if (seen.may_do(action) && !may_do(visit, seen, action))
            return paragraph("You did the first half of this. Somebody else confirms it.");
    return {};
}

Html decision_form(const Site& site, const Visit& visit, const Seen& seen, const derived::FormState& state)
{
    std::vector<web::Choice> choices;
    for (const auto name : decisions)
        if (may_do(visit, seen, name))
            choices.push_back({.value = std::string(name), .label = std::string(seen.type->find_action(name)->title)});
    if (choices.empty()) return {};
    const auto& pair = seen.as<SamePerson>();
    Html html = heading("What do you decide?", 2);
    html << derived::form_start(address_of(seen.head.id), visit.session, seen.head.version);
    html << web::radio_field({.name = "decision",
                              .label = "Decision",
                              .choices = std::move(choices),
                              .value = std::string(state.value("decision")),
                              .error = std::string(state.error("decision"))});
    html << derived::input_for(site.desk, *seen.type->find_field("reason"), "reason", state, visit.now);
    if (pair.may_be_siblings.value_or(false))
        html << derived::input_for(site.desk, *seen.type->find_field("proof"), "proof", state, visit.now,
                                   {.is_required = false});
    return html << derived::form_end("Save the decision");
}

Html undoing(const Visit& visit, const Seen& seen)
{
    Html html;
    const auto& pair = seen.as<SamePerson>();
    if (!pair.reason.words.empty()) html << heading("Why it was decided", 2) << paragraph(pair.reason.words);
    if (!pair.undo_reason.words.empty())
        html << heading("Why it is said to be wrong", 2) << paragraph(pair.undo_reason.words);
    for (const auto* name : {"propose_undo", "confirm_undo", "keep_joined"})
        if (may_do(visit, seen, name))
            html << render(web::Button{.text = seen.type->find_action(name)->title,
                                       .href = fmt::format("{}/{}", derived::record_of(seen), name),
                                       .classes = "govuk-button--secondary"});
    return html;
}

Html history(const Seen& seen)
{
    web::Table table{.caption = "What was done",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "When"}, {.text = "What"}, {.text = "Who"}, {.text = "Then"}}};
    for (const auto& version : seen.history)
        table.rows.push_back({{.text = clocks::wall_date_time(version.at)},
                              {.text = derived::title_of(*seen.type, version.action)},
                              {.text = accounts::title_of(version.role)},
                              {.text = version.state}});
    return table.rows.empty() ? Html{} : web::stacked(table);
}

} // namespace

std::string address_of(CaseId id)
{
    return fmt::format("/same-person/{}", id.text());
}

std::string name_of(const std::optional<Child>& child)
{
    return child ? child->names.front().as_given : std::string("Name held back");
}

Html comparison(const Site& site, const Visit& visit, const Seen& seen, const derived::FormState& state)
{
    Html html = paragraph(how_it_stands(seen, visit.now));
    if (!seen.child || !seen.other) return html << paragraph("One of the records is not there.");
    html << side_by_side(site, visit, *seen.child, *seen.other) << reasons(seen.as<SamePerson>())
         << decision_form(site, visit, seen, state) << undoing(visit, seen) << awaits_a_second_person(visit, seen)
         << who_says_what(site, visit, seen) << history(seen);
    return html << paragraph("Everything recorded of this question: ")
                << web::link(derived::record_of(seen), "versions and fields");
}

} // namespace reachable::matching
