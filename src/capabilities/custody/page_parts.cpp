#include "capabilities/custody/page_parts.h"

#include "capabilities/custody/accommodation.h"
#include "capabilities/custody/custody_numbers.h"
#include "capabilities/custody/sealed_page.h"
#include "web/components/summary_list.h"

#include "clocks/london.h"
#include "web/components/button.h"
#include "web/components/moj_identity_bar.h"
#include "web/components/moj_sub_navigation.h"
#include "web/components/warning_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

web::ClockState state_of(const casework::ClockRow& clock, UtcTime now)
{
    switch (clocks::standing(clock.due_at, clock.first_warning_at, clock.stopped_at, now)) {
    case clocks::Standing::on_time: return web::ClockState::on_time;
    case clocks::Standing::due_soon: return web::ClockState::due_soon;
    case clocks::Standing::overdue: return web::ClockState::overdue;
    case clocks::Standing::stopped_in_time:
    case clocks::Standing::stopped_late: return web::ClockState::ended;
    }
    throw Bug("a clock stands nowhere known");
}

std::string time_left(const casework::ClockRow& clock, UtcTime now)
{
    if (clock.stopped_at) {
        if (*clock.stopped_at <= clock.started_at) return "Done in time";
        const auto took = clocks::duration_words(*clock.stopped_at - clock.started_at);
        return clock.breached_at ? fmt::format("Late: took {}", took) : fmt::format("Took {}", took);
    }
    // From the minute that is up a clock is overdue, and nothing is left of it.
    if (now >= clock.due_at) return clocks::duration_words(now - clock.due_at) + " late";
    return clocks::duration_words(clock.due_at - now) + " left";
}

} // namespace

Html state_mark(const BriefLine& line)
{
    using web::AnswerTone;
    if (line.is_held_back) return render(web::AppState{.tone = AnswerTone::held_back});
    switch (records::shown_as(line.state)) {
    case records::ShownState::yes:
        return render(web::AppState{.tone = AnswerTone::yes,
                                    .text = line.state == AnswerState::given ? "Answered" : "Yes",
                                    .note = line.means});
    case records::ShownState::no_checked: return render(web::AppState{.tone = AnswerTone::no, .note = line.means});
    case records::ShownState::not_asked_yet:
        return render(web::AppState{.tone = AnswerTone::not_asked,
                                    .text = line.is_asked ? "Asked, no answer yet" : "Not asked yet"});
    case records::ShownState::held_back:
        return render(web::AppState{.tone = AnswerTone::held_back, .note = "cannot be shared"});
    case records::ShownState::not_known: break;
    }
    web::AppState mark{.tone = AnswerTone::not_known};
    if (line.state == AnswerState::not_recorded) mark.note = "nothing is recorded";
    if (line.state == AnswerState::declined) mark.note = "the person asked did not say";
    return render(mark);
}

Html state_mark(AnswerState state)
{
    return state_mark(BriefLine{.state = state});
}

Html asked_again(const casework::Desk& desk, std::span<const AskAgain> times)
{
    if (times.empty()) return {};
    Html html;
    html.lit("<p class=\"govuk-body-s govuk-!-margin-bottom-0\"><strong>")
        << (times.size() == 1 ? std::string("Asked again once") : fmt::format("Asked again {} times", times.size()));
    html.lit("</strong></p><ul class=\"govuk-list govuk-body-s app-no-print\">");
    for (const auto& again : times) {
        auto words = fmt::format("{}{}: {}", again.at ? clocks::wall_date_time(*again.at) + ", " : "", again.by,
                                 desk.lists.label_of("custody.ask_again_reasons", again.reason));
        if (!again.note.words.empty()) words += ". " + again.note.words;
        html.lit("<li>") << words;
        html.lit("</li>");
    }
    html.lit("</ul>");
    return html;
}

std::string source_words(const BriefLine& line)
{
    if (!line.at) return {};
    auto words = fmt::format("{}, {}", line.source, clocks::wall_date_time(*line.at));
    if (line.information_on) words += fmt::format("; information of {}", clocks::day_words(*line.information_on));
    if (line.is_read_back_waiting) words += "; taken by phone, not yet confirmed";
    return words;
}

std::string clock_title(const casework::CaseType& type, std::string_view code)
{
    for (const auto& declared : type.clocks)
        if (declared.code == code) return std::string(declared.title);
    return std::string(code);
}

Html clock_box(const casework::ClockRow& clock, std::span<const casework::ClockRow> all, const casework::CaseType& type,
               UtcTime now)
{
    // A clock that was put right asks no second time.
    const auto asked_before = std::ranges::count_if(all, [&](const casework::ClockRow& row) {
        return row.code == clock.code && row.instance < clock.instance && !row.corrected_at;
    });
    auto label = clock_title(type, clock.code);
    if (asked_before > 0) label += fmt::format(" ({} time of asking)", asked_before == 1 ? "second" : "later");
    return render(web::AppClock{.state = state_of(clock, now),
                                .label = label,
                                .time_left = time_left(clock, now),
                                .due = "Due " + clocks::wall_time_told_apart(clock.due_at),
                                .datetime = to_iso(clock.due_at)});
}

Html clock_cell(const casework::ClockRow* clock, UtcTime now)
{
    if (clock == nullptr) return web::html("Nothing is due");
    return render(web::AppDue{.state = state_of(*clock, now),
                              .time_left = time_left(*clock, now),
                              .due = "Due " + clocks::wall_time_told_apart(clock->due_at),
                              .datetime = to_iso(clock->due_at)});
}

const casework::ClockRow* first_running(std::span<const casework::ClockRow> clocks)
{
    const casework::ClockRow* first = nullptr;
    for (const auto& clock : clocks)
        if (!clock.stopped_at && (first == nullptr || clock.due_at < first->due_at)) first = &clock;
    return first;
}

const casework::ClockRow* clock_of_the_desk(std::span<const casework::ClockRow> clocks)
{
    const casework::ClockRow* first = nullptr;
    for (const auto& clock : clocks) {
        const bool is_theirs = clock.code == "C02" || clock.code == bed_clock;
        if (is_theirs && !clock.stopped_at && (first == nullptr || clock.due_at < first->due_at)) first = &clock;
    }
    return first;
}

namespace {

/// "Ring Westmoor duty desk: 01632 960101": the other side, whoever looks.
std::string whom_to_ring(const Site& site, const Visit& visit, const casework::Heading& heading)
{
    const bool is_asked_side = visit.session.agency == heading.partner;
    const auto other = is_asked_side ? heading.team : heading.partner_team;
    std::string words;
    site.desk.database.read([&](storage::Transaction& transaction) {
        const auto team = accounts::find_team(transaction, other);
        words = team && !team->phone.empty() ? fmt::format("Ring {}: {}", team->name, team->phone) : "";
    });
    return words;
}

} // namespace

std::string_view how_the_child_is_here(const Conversation& facts)
{
    if (is_detained(facts)) return "Detained since";
    return facts.attendance == "street" ? "Met on the street" : "Here for a voluntary interview since";
}

Html identity_bar(const Site& site, const Visit& visit, const Seen& seen)
{
    if (!sees_the_conversation(seen)) return {};
    return identity_bar(site, visit, seen, site.safety_summary_of(visit, seen));
}

Html identity_bar(const Site& site, const Visit& visit, const Seen& seen, const web::SafetySummary& safety)
{
    if (!sees_the_conversation(seen)) return {};
    const auto& facts = seen.as<Conversation>();
    web::MojIdentityBar bar{.title = seen.child ? seen.child->shown_name() : std::string("Name held back")};
    const auto full_name = seen.child ? seen.child->names.front().as_given : facts.name_given;
    if (seen.child && full_name != seen.child->shown_name()) bar.facts.emplace_back("Full name " + full_name);
    const auto today = clocks::london_day(visit.now);
    const auto& born = seen.child && seen.child->born ? seen.child->born : facts.born_given;
    bar.facts.emplace_back(born ? "Aged " + records::age_words(born, today) : "Age not known");
    if (born) bar.facts.emplace_back("Born " + clocks::day_words(*born));
    if (!facts.custody_number.empty()) bar.facts.emplace_back("Custody number " + facts.custody_number);
    bar.facts.emplace_back("Reference " + seen.head.id.text().substr(0, 8));
    const bool is_corrected = std::ranges::any_of(facts.time_corrections, [](const TimeCorrection& one) {
        return one.time == "authorised_at" && one.is_right.value_or(false);
    });
    if (facts.authorised_at)
        bar.facts.emplace_back(fmt::format("{} {}{}", how_the_child_is_here(facts),
                                           clocks::wall_date_time(*facts.authorised_at),
                                           is_corrected ? " (corrected)" : ""));
    if (const auto ring = whom_to_ring(site, visit, seen.head.heading); !ring.empty()) bar.facts.emplace_back(ring);
    const auto child = "/children/" + seen.head.heading.child.text();
    Html who = link(child + "/access", "Who has seen this");
    if (!safety.all_flags_at.empty()) who << web::Text(" ") << link(child, "The child's page");
    bar.who_can_see = std::move(who);
    bar.flags = web::flags_in_the_bar(safety);
    return render(bar);
}

std::string what_was_decided(const TimeCorrection& one)
{
    if (!one.right || !one.was) return "the time";
    const std::map<std::string_view, std::string_view> events = {
        {"authorised_at", "detention was authorised"},
        {"left_at", "the child left"},
        {"delivered_at", "the request reached them"},
        {"adult_requested_at", "the appropriate adult was asked"},
        {"adult_arrived_at", "the appropriate adult arrived"},
        {"bail_refused_at", "bail was refused"},
    };
    const auto event = events.find(one.time);
    const auto which = event == events.end() ? std::string_view("it was") : event->second;
    const auto right = clocks::wall_date_time(*one.right);
    const auto was = clocks::wall_date_time(*one.was);
    return one.is_right.value_or(false)
               ? fmt::format("{} at {}, not at {}. The clock counts from it", which, right, was)
               : fmt::format("{} at {}, as it stood. It was not corrected to {}", which, was, right);
}

std::string what_was_decided(const Seen& seen, const casework::VersionRow& version)
{
    const auto& corrections = seen.as<Conversation>().time_corrections;
    const auto before = std::ranges::count_if(seen.history, [&](const casework::VersionRow& one) {
        return one.action == version.action && one.version < version.version;
    });
    return std::cmp_less(before, corrections.size()) ? what_was_decided(corrections[static_cast<std::size_t>(before)])
                                                     : std::string("the time");
}

namespace {

/// "19 lines are read: Q01, Q02 …"
std::string lines_read(const Conversation& facts, UtcTime at)
{
    std::vector<std::string> lines;
    for (const auto& acknowledgement : facts.acknowledgements)
        if (acknowledgement.at == at) lines.push_back(acknowledgement.line);
    return fmt::format("you have read {}: {}",
                       lines.size() == 1 ? std::string("1 line") : fmt::format("{} lines", lines.size()),
                       join(lines, ", "));
}

std::string what_was_saved(const Seen& seen, const casework::VersionRow& version)
{
    const std::pair<std::string_view, std::string_view> sentences[] = {
        {"book_in", "the child is booked in"},
        {"send_request", "the request is with children's services"},
        {"chase", "the desk is told again and has a new link"},
        {"answer_by_phone", "the answers given by phone"},
        {"ask_child_again", "that the child is asked again"},
        {"add_fact", "the new fact stands in the brief"},
        {"ask_adult", "that an appropriate adult was asked"},
        {"adult_here", "that the appropriate adult is here"},
        {"adult_gone", "that the appropriate adult has left"},
        {"ask_for_bed", "the authority is asked for a bed"},
        {"answer_bed", "what the authority says of a bed"},
        {"certify", "the certificate; an inspector reviews it"},
        {"review_certificate", "what the inspector finds"},
        {"open_handover", "the handover is open"},
        {"accept_line", "you have accepted the line"},
        {"take_over", "you are in charge of the child"},
        {"record_departure", "the child has left custody"},
        {"propose_time", "the correction waits for another person"},
    };
    if (version.action == "acknowledge") return lines_read(seen.as<Conversation>(), version.at);
    if (version.action == "decide_time") return what_was_decided(seen, version);
    for (const auto& [action, sentence] : sentences)
        if (action == version.action) return std::string(sentence);
    return std::string(derived::title_of(*seen.type, version.action));
}

} // namespace

Html news(const Visit& visit, const Seen& seen)
{
    const auto* version = derived::news_in(visit, seen);
    return version == nullptr ? Html{} : derived::news_banner(what_was_saved(seen, *version), version->at);
}

std::map<CaseId, std::string> custody_numbers(const Site& site, const casework::Listed& listed)
{
    // A list asks the policy for what is as closely held as that there is a case. The number is held just so: whoever
    // is shown the row may see it, and the entry of the row names its field group.
    const auto& type = conversation_type();
    CHECK(type.find_field("custody_number")->held == type.held, "a list would show a number that it did not ask for");
    std::vector<CaseId> ids;
    for (const auto& one : listed.cases) ids.push_back(one.head.id);
    std::map<CaseId, std::string> numbers;
    site.desk.database.read([&](storage::Transaction& transaction) {
        numbers = custody_numbers_of(transaction, ids);
        for (const auto id : ids) // booked in before numbers stood beside their cases
            if (!numbers.contains(id))
                if (const auto loaded = casework::load_case(transaction, type, id))
                    numbers[id] = static_cast<const Conversation*>(loaded->facts.get())->custody_number;
    });
    return numbers;
}

Html sub_pages(CaseId id, std::string_view active)
{
    web::MojSubNavigation navigation{.label = "Pages about this detention"};
    const auto add = [&](std::string_view name, std::string_view words, std::string href) {
        navigation.items.push_back({.text = words, .href = std::move(href), .active = name == active});
    };
    add("brief", "Brief", address(id));
    add("conversation", "Questions", address(id, "/conversation"));
    add("request", "Request", "/requests/" + id.text());
    return render(navigation);
}

Html button_link(std::string_view href, std::string_view words, bool is_secondary)
{
    return render(web::Button{
        .text = words, .href = std::string(href), .classes = is_secondary ? "govuk-button--secondary" : ""});
}

bool may_send_request(const Seen& seen)
{
    return seen.may_do("send_request") && !seen.as<Conversation>().sent_at;
}

Html left_unasked(const Seen& seen)
{
    // Who may not see when it was sent is told nothing of it.
    if (!sees_the_conversation(seen) || !has_left(seen.head.state) || seen.as<Conversation>().sent_at) return {};
    return web::render(web::WarningText{.text = "The child has left and children's services were never asked. They are "
                                                "asked about every child: send the request now, or have it sent"});
}

bool sees_the_conversation(const Seen& seen)
{
    return seen.shown.at("custody_number") >= policy::Show::generalise;
}

std::set<std::string_view> held_back_from(const Seen& seen, std::span<const Question> questions, const Site& site)
{
    auto asked = seen.asked;
    asked.fields.clear();
    const auto* answers = seen.type->find_part("answers");
    for (const auto& question : questions) {
        const Answer one{.question = std::string(question.number),
                         .category = std::string(question.category),
                         .label = std::string(question.label)};
        asked.fields.push_back(class_of(*answers, &one));
    }
    const auto shows = site.desk.policy.decide(asked).fields;
    std::set<std::string_view> held_back;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const bool is_seen = find_answer(seen.as<Conversation>(), questions[i].number) != nullptr;
        if (!is_seen && shows[i] < policy::Show::generalise) held_back.insert(questions[i].number);
    }
    return held_back;
}

Result<casework::Acted> act_by_form(const Site& site, const Visit& visit, CaseId id, std::string_view action,
                                    const web::Fields& form, const Json& asked)
{
    if (conversation_type().find_action(action)->is_strict && !derived::version_in(form))
        return refuse(ProblemKind::conflict,
                      "This was not sent from the page that shows what stands. Look at it again");
    return casework::act(site.desk, visit.session, visit.request.id,
                         {.type = "custody",
                          .action = std::string(action),
                          .id = id,
                          .expected_version = derived::version_in(form),
                          .asked = asked},
                         visit.now);
}

Result<Seen> look_at(const Site& site, const Visit& visit, std::string_view page, bool with_history)
{
    const auto id = TRY(visit.case_id());
    auto seen = TRY(casework::look(
        site.desk, visit.session, visit.request.id,
        {.type = "custody", .id = id, .page = page, .with_history = with_history || derived::asks_for_news(visit)},
        visit.now));
    // After a post what was typed is shown once more, and nothing else.
    const bool is_post = visit.request.method == web::Method::post;
    if (waits_for_a_reason(seen) && is_post) return seen;
    if (waits_for_a_reason(seen))
        return refuse(ProblemKind::out_of_order,
                      "This record is sealed. Open the child's brief and say why you open it");
    if (!sees_the_conversation(seen))
        return refuse(ProblemKind::not_found, "There is no such record, or it is not open to you");
    return seen;
}

bool is_conflict(const Problems& problems)
{
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& problem) { return problem.kind == ProblemKind::conflict; });
}

std::int64_t version_again(const web::Fields& form, const Problems& problems, const Seen& newest)
{
    return is_conflict(problems) ? newest.head.version : derived::version_in(form).value_or(newest.head.version);
}

namespace {

/// R-X-09: "speaker, setting, language, interpreter and who wrote them down".
std::string how_it_was_said(const Conversation& facts)
{
    std::string words = facts.child_words_setting.empty() ? "" : fmt::format("Said {}. ", facts.child_words_setting);
    if (!facts.child_words_language.empty()) words += fmt::format("In {}. ", facts.child_words_language);
    if (!facts.child_words_interpreter.empty())
        words += fmt::format("Interpreted: {}. ", facts.child_words_interpreter);
    words += facts.child_words_by.empty() ? "Written down at custody"
                                          : fmt::format("Written down by the {}", facts.child_words_by);
    if (facts.child_words_at) words += ", " + clocks::wall_date_time(*facts.child_words_at);
    return words + ".";
}

} // namespace

web::AppWords child_words(const Conversation& facts)
{
    web::AppWords words{.who_can_see = "Custody and the children's services that were asked can see this."};
    if (const auto* answer = find_answer(facts, "Q21"); answer != nullptr && answer->state == AnswerState::given) {
        words.words = answer->words.words;
        words.written_by = "Written down by " + answer->answered_by + ".";
    } else if (!facts.child_words.words.empty()) {
        words.words = facts.child_words.words;
        words.written_by = how_it_was_said(facts);
    }
    return words;
}

Html in_own_words(web::AppWords words, std::size_t most_on_paper)
{
    Html html;
    if (words.words.words.size() <= most_on_paper) return render(words);
    html.lit("<div class=\"app-no-print\">") << render(words);
    html.lit("</div><div class=\"app-print-only\" aria-hidden=\"true\">");
    words.words = shortened(words.words.words, most_on_paper, " … (see screen)");
    html << render(words);
    html.lit("</div>");
    return html;
}

std::string name_of(const Site& site, WorkerId id)
{
    if (id.is_none()) return "Nobody on record";
    std::string name = "Somebody who has left";
    site.desk.database.read([&](storage::Transaction& transaction) {
        if (const auto worker = accounts::find_worker(transaction, id)) name = worker->name;
    });
    return name;
}

std::string address(CaseId id, std::string_view rest)
{
    return fmt::format("/custody/{}{}", id.text(), rest);
}

bool runs(std::span<const casework::ClockRow> clocks, std::string_view code)
{
    return std::ranges::any_of(
        clocks, [&](const casework::ClockRow& clock) { return clock.code == code && !clock.stopped_at; });
}

NextStep step_of_the_desk(const casework::ListedCase& one)
{
    if (runs(one.clocks, bed_clock)) return {"Say whether there is a bed", address(one.head.id, "/bed")};
    return {"Answer", address(one.head.id, "/answer")};
}

NextStep next_step(const casework::ListedCase& one, accounts::Role role)
{
    const auto id = one.head.id;
    const std::string_view state = one.head.state;
    if (const auto* clock = first_running(one.clocks); clock != nullptr && clock->code == handover_clock)
        return {"Accept the handover", address(id, "/handover")};
    if (state != request_due && runs(one.clocks, bed_clock)) return {"Find a bed, or certify", address(id, "/bed")};
    const bool sends = conversation_type().find_action("send_request")->who.has(role);
    if (state == request_due && !sends) return {"The request is not sent yet", "/requests/" + id.text()};
    if (state == request_due) return {"Send the request", address(id, "/request")};
    // A new fact may be there to read before any answer is.
    const bool is_to_be_read = runs(one.clocks, "C03");
    if (is_to_be_read && (state == waiting || state == in_progress)) return {"Read what is new", address(id)};
    if (state == waiting) return {"Waiting to be opened", address(id)};
    if (state == in_progress) return {"Being answered", address(id)};
    if (state == part_answered) return {"Read the answers so far", address(id)};
    if (state == answered) return {"Read and accept the brief", address(id)};
    if (state == brief_changed) return {"Read what changed", address(id)};
    return {"Brief read", address(id)};
}

} // namespace reachable::custody
