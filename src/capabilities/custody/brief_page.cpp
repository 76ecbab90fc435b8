// The brief: on screen, and on exactly one sheet of A4. Opening it is recorded; saying that it was read is a separate
// act.
#include "capabilities/custody/accommodation_pages.h"
#include "capabilities/custody/adult.h"
#include "capabilities/custody/release_pages.h"
#include "capabilities/custody/sealed_page.h"

#include "clocks/london.h"
#include "web/components/app_words.h"
#include "web/components/inset_text.h"
#include "web/components/notification_banner.h"
#include "web/components/table.h"
#include "web/components/tag.h"
#include "web/components/warning_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

/// On screen everything stands whole; on paper a source is short, and a cut says that there is more.
constexpr std::size_t most_of_a_source = 28;

/// On paper the source stands behind the words: "(Westmoor County duty worker, 25 Oct 01:10 GMT)". The year stands in
/// the line that says when it was printed.
std::string source_on_paper(const BriefLine& line)
{
    if (!line.at) return {};
    const auto day = clocks::day_words(clocks::london_day(*line.at), true);
    auto words = fmt::format(" ({}, {} {}", shortened(line.source, most_of_a_source, "…"),
                             day.substr(0, day.rfind(' ')), clocks::wall_time(*line.at));
    if (line.is_read_back_waiting) words += ", by phone, not yet confirmed";
    return words + ")";
}

/// The words of a line: whole on screen, with their source and as far as the sheet has room on paper.
Html words_of(const BriefLine& line, std::size_t most_on_paper)
{
    Html html;
    if (!line.words.empty()) {
        html.lit("<div class=\"app-brief__words app-no-print\">") << line.words;
        html.lit("</div>");
    }
    html.lit("<div class=\"app-brief__words app-print-only\" aria-hidden=\"true\">")
        << shortened(line.words, most_on_paper, " … (see screen)");
    html.lit("<span class=\"app-brief__source\">") << source_on_paper(line);
    html.lit("</span></div>");
    return html;
}

/// On paper the rest stands in short lines, so that the sheet says of every question how it stands. What the mark of a
/// cut means is said once.
Html rest_on_paper(std::span<const BriefLine> lines, const SheetRoom& room)
{
    Html html;
    const auto is_cut = [&](const BriefLine& line) { return line.words.size() > room.of_short(line); };
    if (std::ranges::any_of(lines, is_cut))
        html.lit("<p class=\"govuk-body-s app-print-only\" aria-hidden=\"true\">Where a line ends with …, the screen "
                 "says more.</p>");
    html.lit("<ul class=\"govuk-list app-print-only app-brief__rest\" aria-hidden=\"true\">");
    for (const auto& line : lines) {
        html.lit("<li><strong>") << numbered_topic(line);
        html.lit("</strong> ") << state_mark(line) << web::Text(" ")
                               << shortened(line.words, room.of_short(line), " …");
        html.lit("</li>");
    }
    html.lit("</ul>");
    return html;
}

Html what_is_known(const casework::Desk& desk, const BriefLine& line, std::size_t most_on_paper)
{
    Html html = state_mark(line);
    if (line.is_to_be_read)
        html << web::Text(" ") << render(web::Tag{.text = "New", .classes = "govuk-tag--yellow app-no-print"});
    html << words_of(line, most_on_paper) << asked_again(desk, line.asked_again);
    return html;
}

std::string who_said_it(const BriefLine& line)
{
    if (line.is_held_back) return "Held back from you";
    return line.at ? source_words(line) : std::string("Nobody yet");
}

Html lines_table(const casework::Desk& desk, std::span<const BriefLine> lines, std::string_view caption,
                 const SheetRoom& room)
{
    web::Table table{.caption = caption,
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "About"}, {.text = "What we know"}, {.text = "Who said it and when"}},
                     .first_cell_is_header = true,
                     .classes = "app-brief__table"};
    for (const auto& line : lines)
        table.rows.push_back({{.text = numbered_topic(line)},
                              {.text = what_is_known(desk, line, room.of(line))},
                              {.text = who_said_it(line)}});
    return stacked(std::move(table));
}

Html instructions(const Brief& brief)
{
    Html html = heading("Do now", 2);
    html.lit("<ol class=\"govuk-list govuk-list--number app-brief__now\">");
    for (const auto& one : brief.do_now) {
        html.lit("<li>") << one.sentence;
        // On paper the line itself stands below, as whole as the sheet allows.
        if (!one.said.empty()) html.lit(" <strong class=\"app-no-print\">") << one.said;
        if (!one.said.empty()) html.lit("</strong>");
        html.lit("</li>");
    }
    html.lit("</ol>");
    return html;
}

/// R-D-04: neither "no" nor "not known" is ever "no concerns", so what is missing is said before what is known.
Html what_is_missing(const Brief& brief)
{
    if (brief.open.must_open + brief.open.told_nothing == 0) return paragraph(in_words(brief.open));
    return render(web::WarningText{.text = in_words(brief.open) + " Not answered does not mean that there is no risk.",
                                   .icon_fallback_text = "Warning"});
}

Html what_stands_below(const Brief& brief)
{
    Html html;
    for (const auto& sentence : brief.standing) html << paragraph(sentence);
    return html;
}

std::string count_of_lines(std::size_t count)
{
    return count == 1 ? std::string("1 line") : fmt::format("{} lines", count);
}

/// Before the lines: how many of them are new, and where to say that they were read.
Html what_is_to_read(const Brief& brief, const Seen& seen)
{
    if (brief.to_read.empty() || !seen.may_do("acknowledge")) return {};
    const auto count = brief.to_read.size();
    Html html;
    html.lit("<p class=\"govuk-body app-no-print\">") << fmt::format(
        "{} {} new. Read {}, then ", count_of_lines(count), count == 1 ? "is" : "are", count == 1 ? "it" : "them");
    html << link("#read", "record it below");
    html.lit(".</p>");
    return html;
}

/// Everything not yet read is accepted with one press, below the lines it speaks of; later only what changed stands in
/// the form.
Html reading_form(const Brief& brief, const Seen& seen, const Visit& visit)
{
    if (brief.to_read.empty() || !seen.may_do("acknowledge")) return {};
    Html html;
    html.lit("<div class=\"app-no-print\" id=\"read\">")
        << derived::form_start(address(seen.head.id, "/acknowledge"), visit.session, seen.head.version);
    for (const auto& line : brief.to_read)
        html.lit("<input type=\"hidden\" name=\"line\"").attribute("value", line).lit(">");
    const auto count = brief.to_read.size();
    html << derived::form_end(count == 1 ? std::string("Record that I have read this line")
                                         : fmt::format("Record that I have read these {}", count_of_lines(count)));
    html.lit("</div>");
    return html;
}

Html other_things_to_do(const Seen& seen)
{
    Html html;
    html.lit("<div class=\"app-no-print\"><h2 class=\"govuk-heading-m\">More</h2><ul class=\"govuk-list\">");
    const auto add = [&](std::string_view action, std::string_view words) {
        if (!seen.may_do(action)) return;
        html.lit("<li>") << link(fmt::format("/cases/custody/{}/{}", seen.head.id.text(), action), words);
        html.lit("</li>");
    };
    html.lit("<li>") << link(address(seen.head.id, "/what-helps"),
                             "Show the child and the appropriate adult what we were told helps");
    html.lit("</li>");
    html.lit("<li>") << link(address(seen.head.id, "/card"),
                             seen.as<Conversation>().card_given_at
                                 ? "The card that the child was given"
                                 : "The card for the child: did you have to tell it again?");
    html.lit("</li>");
    add("add_fact", "Add a new fact");
    const bool has_adult = has_an_adult(seen.as<Conversation>());
    if (!has_adult) add("ask_adult", "Record that an appropriate adult was asked");
    if (!has_adult) add("adult_here", "Record that the appropriate adult is here");
    if (has_adult) add("adult_gone", "Record that the appropriate adult has left");
    if (shows_the_bed(seen)) {
        html.lit("<li>") << link(address(seen.head.id, "/bed"), "Charged and bail refused: a bed outside custody");
        html.lit("</li>");
    }
    add("ask_child_again", "Ask the child again about something");
    add("record_departure", "Record that the child has left custody");
    if (seen.may_do(casework::correct_action)) {
        html.lit("<li>") << link(address(seen.head.id, "/correct"), "Correct something");
        html.lit("</li>");
    }
    if (seen.may_do("open_handover") || seen.may_do("accept_line")) {
        html.lit("<li>") << link(address(seen.head.id, "/handover"), "Handover at the end of a shift");
        html.lit("</li>");
    }
    html.lit("<li>") << link(address(seen.head.id, "/sheet"), "Question sheet on paper, if the network is down");
    html.lit("</li><li>") << link(fmt::format("/cases/custody/{}", seen.head.id.text()),
                                  "Everything recorded, and its versions");
    html.lit("</li></ul></div>");
    return html;
}

Html clock_panel(const Seen& seen, UtcTime now)
{
    Html html;
    html.lit("<div class=\"app-brief__clocks\">");
    for (const auto& clock : seen.clocks)
        if (!clock.corrected_at && (!clock.stopped_at || clock.code == "C02"))
            html << clock_box(clock, seen.clocks, *seen.type, now);
    html.lit("</div>");
    // R-D-05: "The clock panel warns if a release would be held for an answer."
    if (!has_left(seen.head.state) && runs(seen.clocks, "C02") && !is_detained(seen.as<Conversation>()))
        html.lit(
            "<p class=\"govuk-body app-no-print\">The child may leave at any time. Nobody waits for these answers: "
            "children's services must answer after the child has left too.</p>");
    else if (!has_left(seen.head.state) && runs(seen.clocks, "C02"))
        html.lit("<p class=\"govuk-body app-no-print\">Do not hold the child for these answers. They neither delay a "
                 "release nor extend the detention: children's services must answer after the child has left too.</p>");
    return html;
}

/// What connects the reader with the child, and when that ends.
std::string_view why_and_how_long(const Seen& seen, const accounts::Session& session)
{
    const auto holds = [&](policy::Relationship one) { return seen.asked.relationships.contains(one); };
    if (session.agency == seen.head.heading.partner) return "your authority was asked about the child.";
    if (holds(policy::Relationship::detaining))
        return "the child is detained where you work. Your access ends 24 hours after the child leaves.";
    if (holds(policy::Relationship::allocated))
        return "the child is on your list. Your access ends when the child is taken off it.";
    if (seen.asked.break_glass)
        return "you opened the child's record in an emergency. Your access ends an hour after you opened it.";
    return "the case belongs to your organisation.";
}

Html why_you_see_this(const Seen& seen, const accounts::Session& session)
{
    auto words = fmt::format("You see this because {} What you read is recorded.", why_and_how_long(seen, session));
    if (seen.held_back > 0)
        words +=
            fmt::format(" {} held back from you.",
                        seen.held_back == 1 ? std::string("1 fact is") : fmt::format("{} facts are", seen.held_back));
    Html html;
    html.lit("<p class=\"govuk-body-s app-no-print\">") << words;
    // R-P-01: a duty manager sees a case of the authority whole after saying why.
    if (session.role == accounts::Role::LADM && seen.held_back > 0)
        html << web::Text(" ")
             << link("/openings/new?about=" + seen.head.id.text(), "Say why, and open the whole case");
    if (session.role == accounts::Role::LADM)
        html << web::Text(" ")
             << link("/allocations/new?child=" + seen.head.heading.child.text(), "Put the child on a worker's list");
    html.lit("</p>");
    return html;
}

/// Whole where the sheet has the room beside everything else.
void put_flags_on_paper(Brief& brief, const web::SafetySummary& safety, std::size_t words_of_the_child)
{
    brief.flags_on_paper = web::safety_summary_on_paper(safety, most_of_the_flags);
    if (has_room_for_all(brief, words_of_the_child)) return;
    brief.flags_on_paper = web::safety_summary_on_paper(safety, least_of_the_flags);
    make_room_for_flags(brief);
}

/// R-D-10: "who benefits, who sent, who pays, who threatens?" What is considered is recorded: as a flag now, and when
/// custody passes back.
Html who_gains_by_it(const Seen& seen, const web::SafetySummary& safety)
{
    if (has_left(seen.head.state)) return {};
    Html html;
    html.lit("<p class=\"govuk-body\">Ask yourself: who benefits, who sent the child, who pays, who threatens? ");
    if (safety.all_flags_at.empty()) return html.lit("</p>");
    html << link(safety.all_flags_at + "/new", "Write down what you see as a flag");
    return html.lit(". When the child leaves, custody says what was considered.</p>");
}

/// From what to do now down to the last line, on screen and on the sheet.
Html whole_brief(const Site& site, const Visit& visit, const Seen& seen, const Brief& brief,
                 const web::SafetySummary& safety)
{
    const auto& facts = seen.as<Conversation>();
    const auto words = child_words(facts);
    const auto room = room_on_the_sheet(brief, words.words.words.size());
    Html html = instructions(brief);
    html << web::safety_summary_panel(safety);
    if (!brief.flags_on_paper.empty())
        html.lit("<p class=\"govuk-body app-print-only\" aria-hidden=\"true\">") << brief.flags_on_paper;
    if (!brief.flags_on_paper.empty()) html.lit("</p>");
    html << what_is_missing(brief) << what_is_to_read(brief, seen) << clock_panel(seen, visit.now);
    html << heading("In the child's own words", 2) << in_own_words(words, room.child_words);
    html << lines_table(site.desk, brief.first, "What we know, who said it and when", room);
    html << rest_on_paper(brief.more, room) << what_stands_below(brief);
    html.lit("<p class=\"govuk-body\"><strong>Treat the child as a possible victim as well as a "
             "suspect.</strong></p><div class=\"app-no-print\">")
        << who_gains_by_it(seen, safety) << lines_table(site.desk, brief.more, "More of what we know", room);
    html.lit("</div>") << reading_form(brief, seen, visit);
    html.lit("<div class=\"app-no-print\">") << sub_pages(seen.head.id, "brief");
    return html.lit("</div>");
}

Result<Page> brief_page(const Site& site, const Visit& visit, const derived::HeadOf& beside)
{
    const auto id = TRY(visit.case_id());
    const auto seen = TRY(casework::look(
        site.desk, visit.session, visit.request.id,
        {.type = "custody", .id = id, .page = "brief", .with_history = derived::asks_for_news(visit)}, visit.now));
    if (waits_for_a_reason(seen)) return sealed_page(site, visit, seen, address(seen.head.id));
    if (only_owes(seen)) return owed_page(site, visit, seen, {});
    if (!derived::shows_anything(seen)) return casework::no_such_case();
    if (!sees_the_conversation(seen)) return released_page(site, visit, seen);
    const auto questions = questions_for(seen.as<Conversation>(), site.desk, clocks::london_day(visit.now));
    auto brief = make_brief(seen.as<Conversation>(), questions, site.desk, clocks::london_day(visit.now),
                            held_back_from(seen, questions, site));
    brief.standing = standing_of(seen.as<Conversation>(), brief, site.desk, visit.now);
    const auto safety = site.safety_summary_of(visit, seen);
    put_flags_on_paper(brief, safety, child_words(seen.as<Conversation>()).words.words.size());

    const bool is_here = is_detained(seen.as<Conversation>());
    const std::string_view title = is_here ? "Custody brief" : "Brief: not detained";
    Page page{.title = title, .back_link = web::BackLink{.text = "Children in custody", .href = "/custody"}};
    page.body_classes = "app-one-sheet";
    page.printed_by_line =
        fmt::format("Printed {} by {}. Destroy when the child has left.", clocks::wall_date_time(visit.now),
                    with_article(accounts::title_of(visit.session.role)));
    page.before_main << news(visit, seen);
    page.main.lit("<span class=\"govuk-caption-l\">For this ") << web::Text(is_here ? "detention only" : "time only");
    page.main.lit("</span><h1 class=\"govuk-heading-l app-brief__title\">") << title;
    page.main.lit("</h1>");
    page.main << identity_bar(site, visit, seen, safety);
    page.main << left_unasked(seen) << time_that_waits(site, visit, seen);
    if (may_send_request(seen))
        page.main << button_link(address(seen.head.id, "/request"), "Send the request to children's services", false);
    page.main.lit("<button type=\"button\" class=\"govuk-button govuk-button--secondary app-no-print\" data-print "
                  "hidden>Print this brief</button>");
    page.main << how_the_release_stands(site, visit, seen) << whole_brief(site, visit, seen, brief, safety);
    if (beside != nullptr) page.main << beside(visit, seen);
    page.main << other_things_to_do(seen) << why_you_see_this(seen, visit.session);
    return page;
}

Result<Outcome> acknowledge(const Site& site, const Visit& visit, const web::Fields& form,
                            const derived::HeadOf& beside)
{
    auto lines = Json::list();
    for (const auto line : form.all_of("line")) {
        auto item = Json::object();
        item.set("line", std::string(line));
        lines.add(std::move(item));
    }
    auto asked = Json::object();
    asked.set("acknowledgements", std::move(lines));
    const auto id = TRY(visit.case_id());
    // What was read is what the brief of some version showed.
    Result<casework::Acted> acted = refuse(ProblemKind::conflict, "This was not sent from the brief");
    if (const auto version = derived::version_in(form))
        acted = casework::act(
            site.desk, visit.session, visit.request.id,
            {.type = "custody", .action = "acknowledge", .id = id, .expected_version = version, .asked = asked},
            visit.now);
    if (acted) return derived::with_news(address(id), acted->version);
    if (!is_conflict(acted.error())) return refuse(acted.error());
    // What came since was not on the page that was read.
    auto page = TRY(brief_page(site, visit, beside));
    page.has_errors = true;
    page.before_main << web::error_summary_for(Problems{
        {ProblemKind::conflict,
         "Something changed while you read. Nothing is recorded yet. Read what is new, then record it", "read"}});
    return page;
}

Result<Outcome> say_why(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    return open_with_reason(site, visit, id, address(id), address(id), form);
}

} // namespace

void add_brief_pages(web::Router& router, const Site& site, derived::HeadOf beside)
{
    site.post(router, "/custody/{id}/why",
              [&site](const Visit& visit, const web::Fields& form) { return say_why(site, visit, form); });
    site.watched_page(router, "/custody/{id}",
                      [&site, beside](const Visit& visit) { return brief_page(site, visit, beside); });
    site.post(router, "/custody/{id}/acknowledge",
              [&site, beside = std::move(beside)](const Visit& visit, const web::Fields& form) {
                  return acknowledge(site, visit, form, beside);
              });
}

} // namespace reachable::custody
