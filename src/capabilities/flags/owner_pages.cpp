// The flags that an organisation owns and has to decide on or review, one of them, and the national catalogue.
#include "base/text.h"
#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/pages.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "policy/question.h"
#include "ties/ties.h"
#include "web/components/app_words.h"
#include "web/components/inset_text.h"
#include "web/components/summary_list.h"
#include "web/components/table.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <tuple>

namespace reachable::flags {
namespace {

std::string address_of_flag(CaseId id)
{
    return "/flags/" + id.text();
}

/// "Open 1a2b3c4d", with the child for whoever hears it read out: several flags of one child are told apart.
Html link_to(const casework::ListedCase& one)
{
    Html step;
    step.lit("<a class=\"govuk-link\"").attribute("href", address_of_flag(one.head.id)).lit(">Open ");
    step << one.head.id.text().substr(0, 8);
    step.lit("<span class=\"govuk-visually-hidden\">, a flag of ") << derived::shown_name(one.child);
    step.lit("</span></a>");
    return step;
}

/// What the flag is called, as far as this person sees it.
std::string label_of(const Site& site, const Seen& seen)
{
    const auto& code = seen.as<Flag>().code;
    return code.empty() ? std::string("A flag") : std::string(site.desk.lists.label_of("flags.catalogue", code));
}

/// Each is looked at as one of a list: what it is called is part of the safety summary, and stands in the log as that.
std::string label_in_a_list(const Site& site, const Visit& visit, CaseId id)
{
    const auto seen = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                            {.type = flag_type().name, .id = id, .page = "queue"}, visit.now);
    return seen ? label_of(site, *seen) : std::string("A flag");
}

Result<Page> queue_page(const Site& site, const Visit& visit)
{
    const auto role = visit.session.role;
    if (!may_decide(role) && !answers_disputes(role))
        return refuse(ProblemKind::withheld, "Flags are decided by those who own them");
    const auto whose = may_decide(role) ? casework::Whose::agency : casework::Whose::asked_agency;
    const auto listed = TRY(casework::list(site.desk, visit.session, visit.request.id,
                                           {.type = flag_type().name, .whose = whose}, visit.now));
    const auto* title = may_decide(role) ? "Flags to decide on and to review" : "Flags that are disputed";
    Page page{.title = title, .back_link = web::BackLink{.href = "/queue"}};
    page.main << heading(title);
    if (listed.cases.empty()) {
        page.main << paragraph(may_decide(role) ? "Your organisation owns no flag that is open to you."
                                                : "No flag of your organisation is disputed.");
        return page;
    }
    page.main << derived::more_than_these(listed);
    web::Table table{
        .caption = "The clock that runs out first comes first",
        .caption_classes = "govuk-visually-hidden",
        .head = {{.text = "Due"}, {.text = "Flag"}, {.text = "Child"}, {.text = "State"}, {.text = "Next"}}};
    for (const auto& one : listed.cases)
        table.rows.push_back({{.text = derived::due_words(one.clocks, visit.now)},
                              {.text = label_in_a_list(site, visit, one.head.id)},
                              {.text = derived::shown_name(one.child)},
                              {.text = one.head.state},
                              {.text = link_to(one)}});
    page.main << web::stacked(table);
    return page;
}

/// What became of the flags that somebody proposed, in the post in which they did: they wrote the words, and may
/// appeal. Decided by the policy as an appeal is. Of a record that is closed to them since, nothing.
std::vector<Standing> flags_of_their_own(const Site& site, const Visit& visit)
{
    constexpr auto kept_for = hours{24 * 30};
    struct Looked {
        std::vector<Standing> flags;
        std::vector<audit::Entry> entries;
    };
    const auto looked = std::make_shared<Looked>();
    const auto read = [&](storage::Transaction& transaction) {
        *looked = {};
        for (auto& one : proposed_by(transaction, visit.session.worker, visit.now - kept_for)) {
            const auto& flag = one.flag;
            const bool is_of_this_post =
                flag.owner == visit.session.agency && flag.proposed_as == accounts::code_of(visit.session.role);
            const bool is_closed = ties::is_sealed(transaction, flag.child) ||
                                   ties::is_closed_to(transaction, flag.child, visit.session, visit.now);
            if (!is_of_this_post || is_closed) continue;
            auto question = casework::policy_request(site.desk, transaction, flag_type(), one.head, visit.session,
                                                     "flag.appeal", visit.now);
            question.fields = {of_the_summary};
            const auto decision = ties::decide(site.desk.policy, transaction, visit.session, question);
            if (!decision.is_allowed || decision.fields.front() < policy::Show::generalise) continue;
            auto entry =
                casework::audit_entry(site.desk, visit.session, visit.request.id, one.head, decision, visit.now);
            entry.operation = audit::Operation::look;
            entry.action = "look:flag.own";
            entry.outcome = "done";
            std::tie(entry.categories, entry.view) = policy::category_bits(question.fields, decision).both();
            entry.question = policy::question_of(question);
            audit::gather(looked->entries, std::move(entry));
            looked->flags.push_back(std::move(one));
        }
    };
    site.desk.database.observe_ahead(read, [looked, &log = site.desk.log](storage::Transaction& transaction) {
        for (const auto& entry : looked->entries) log.append(transaction, entry);
    });
    return looked->flags;
}

Html what_became_of(const Site& site, const Visit& visit, const Standing& one, const FormState& state)
{
    const auto& flag = one.flag;
    web::SummaryList list;
    const auto add = [&](std::string_view key, const std::string& words) {
        if (!words.empty()) list.rows.push_back({.key = {.text = key}, .value = {.text = words}});
    };
    add("You wrote", flag.plain_words);
    add("Proposed", clocks::wall_date_time(*flag.proposed_at));
    add("How it stands", one.head.state);
    if (one.head.state == declined) add("Why declined", flag.decision_reason.words);
    Html html = heading(site.desk.lists.label_of("flags.catalogue", flag.code), 2);
    html << render(list);
    if (one.head.state != declined || flag.appealed_at) return html;
    html << derived::form_start(fmt::format("/flags/mine/{}/appeal", one.head.id.text()), visit.session,
                                one.head.version);
    const auto name = "appeal_reason-" + one.head.id.text();
    html << web::textarea_field({.name = name,
                                 .label = flag_type().find_field("appeal_reason")->label,
                                 .value = std::string(state.value(name)),
                                 .error = std::string(state.error(name))});
    html << derived::form_end("Appeal to a supervisor");
    return html;
}

Page own_page(const Site& site, const Visit& visit, const FormState& state)
{
    const auto own = flags_of_their_own(site, visit);
    Page page{.title = "Flags that you proposed",
              .back_link = web::BackLink{.href = "/queue"},
              .has_errors = !state.problems.empty()};
    page.before_main << web::error_summary_for(state.problems);
    page.main << heading("Flags that you proposed")
              << paragraph("Of the last 30 days, the newest first. A flag that was declined may be appealed once: "
                           "somebody else than who declined it decides.");
    if (own.empty()) page.main << paragraph("None.");
    for (const auto& one : own) page.main << what_became_of(site, visit, one, state);
    return page;
}

Result<Outcome> appeal(const Site& site, const Visit& visit, const web::Fields& form)
{
    const auto id = TRY(visit.case_id());
    const auto own = flags_of_their_own(site, visit);
    if (std::ranges::none_of(own, [&](const Standing& one) { return one.head.id == id; }))
        return casework::no_such_case();
    const auto name = "appeal_reason-" + id.text();
    const auto acted = casework::act(site.desk, visit.session, visit.request.id,
                                     {.type = flag_type().name,
                                      .action = "appeal",
                                      .id = id,
                                      .expected_version = derived::version_in(form),
                                      .asked = Json::object().set("appeal_reason", std::string(form.get(name)))},
                                     visit.now);
    if (acted) return std::string("/flags/mine");
    auto problems = acted.error();
    if (problems.front().kind == ProblemKind::not_found) return refuse(problems);
    for (auto& problem : problems)
        if (problem.field == "appeal_reason") problem.field = name;
    return own_page(site, visit, {.values = form, .problems = std::move(problems)});
}

/// What the owner, or information governance of a dispute, decides by.
constexpr std::string_view shown_to_owners[] = {"code",           "subject",        "plain_words",     "evidence",
                                                "proposed_as",    "proposed_at",    "since",           "review_on",
                                                "child_told",     "child_told_why", "decision_reason", "appeal_reason",
                                                "review_reason",  "disputed_by",    "dispute_words",   "disputed_text",
                                                "dispute_answer", "removal_reason", "cleared_because", "source_system",
                                                "local_code",     "local_since"};

web::SummaryList facts_of(const Site& site, const Seen& seen)
{
    web::SummaryList list;
    for (const auto name : shown_to_owners) {
        const auto& field = *flag_type().find_field(name);
        if (seen.shown.at(std::string(name)) < policy::Show::generalise || field.is_empty(seen.facts.get())) continue;
        auto words = derived::words_of(site.desk, field, seen.facts.get());
        if (name == "proposed_as")
            if (const auto role = accounts::role_from(words)) words = accounts::title_of(*role);
        list.rows.push_back({.key = {.text = field.label}, .value = {.text = words}});
    }
    return list;
}

/// Answered, a dispute is nothing to governance any more: whoever answered it is told that it was saved.
std::optional<Page> what_was_answered(const Site& site, const Visit& visit, CaseId id)
{
    if (!answers_disputes(visit.session.role) || !derived::asks_for_news(visit)) return std::nullopt;
    Seen seen{.type = &flag_type()};
    site.desk.database.read(
        [&](storage::Transaction& transaction) { seen.history = casework::load_history(transaction, id); });
    const auto* saved = derived::news_in(visit, seen);
    if (saved == nullptr || (saved->action != "keep" && saved->action != "drop")) return std::nullopt;
    Page page{.title = "A dispute was answered", .back_link = web::BackLink{.text = "Flags", .href = "/flags"}};
    page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(flag_type(), saved->action)),
                                             saved->at);
    page.main << heading("The dispute is answered")
              << paragraph("Tell whoever disputes the flag what you answered. The flag is no longer open to you.");
    return page;
}

/// A review is due when its day is over: that is midnight, which reads like the day after.
std::string end_in_words(UtcTime due)
{
    const auto second_before = due - seconds{1};
    const bool is_midnight = clocks::london_day(second_before) != clocks::london_day(due);
    return is_midnight ? "the end of " + clocks::day_words(clocks::london_day(second_before))
                       : clocks::wall_date_time(due);
}

Result<Page> flag_page(const Site& site, const Visit& visit)
{
    const auto id = TRY(visit.case_id());
    if (auto answered = what_was_answered(site, visit, id)) return std::move(*answered);
    const auto seen = TRY(
        derived::look_at_case(site.desk, visit.session, visit.request.id,
                              {.type = flag_type().name, .id = id, .page = "flag", .with_history = true}, visit.now));
    Page page{.title = "A flag", .back_link = web::BackLink{.text = "Flags", .href = "/flags"}};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    page.main.lit("<span class=\"govuk-caption-l\">") << derived::shown_name(seen.child);
    page.main.lit("</span>") << heading(label_of(site, seen) + ", " + seen.head.state);
    for (const auto& clock : seen.clocks)
        if (!clock.stopped_at)
            for (const auto& declared : flag_type().clocks)
                if (declared.code == clock.code)
                    page.main << render(
                        web::InsetText{.text = fmt::format("{}: {}{}", declared.title,
                                                           clock.due_at < visit.now ? "overdue since " : "by ",
                                                           end_in_words(clock.due_at))});
    page.main << render(facts_of(site, seen));
    if (const auto* code = code_of(site.desk, seen.as<Flag>()); code != nullptr && !introduces_the_words(*code))
        page.main << paragraph(fmt::format("Whoever reads it is told: {}.", code->column("prompt")));
    for (const auto& said : seen.as<Flag>().child_said)
        page.main << render(
            web::AppWords{.words = said.words.words, .written_by = "The child said so: " + said.setting});
    page.main << derived::buttons_of(seen);
    page.main << derived::link_to_record(seen);
    return page;
}

std::string who_proposes(const Code& code)
{
    const auto set_by = code.column("set_by");
    if (set_by == "any") return "Anybody to whom the child's record is open";
    std::vector<std::string> who;
    for (const auto one : split(set_by, ' ')) {
        const auto role = accounts::role_from(one);
        who.push_back(role ? std::string(accounts::title_of(*role)) : "what is on record");
    }
    if (code.column("or_child_says") == "yes") who.emplace_back("anybody in the child's own words");
    auto words = join(who, ", ");
    return words;
}

std::string review_words(const Code& code)
{
    const auto days = code.column("review_days");
    return days.empty() ? std::string("With what it follows from") : fmt::format("After {} days at the latest", days);
}

/// G-02: every prompt opens its rule.
Result<Page> catalogue_page(const Site& site, const Visit& visit)
{
    Page page{.title = "The national catalogue of flags", .back_link = web::BackLink{.href = "/queue"}};
    page.main << heading("The national catalogue of flags")
              << paragraph("The same words and codes for every force, authority and charity. A flag states a need of "
                           "the child or a harm to them, never a character. No flag decides anything by itself: not "
                           "the risk, not a charge, not custody. Immigration status is not a flag.");
    web::Table table{.caption = "In force today",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Flag"},
                              {.text = "When it stands"},
                              {.text = "Who proposes it"},
                              {.text = "Reviewed"},
                              {.text = "What the reader is told to do"}}};
    for (const auto* code : site.desk.lists.codes_on("flags.catalogue", clocks::london_day(visit.now))) {
        Html name;
        name.lit("<span").attribute("id", code->code).lit(">") << code->label;
        name.lit("</span><br><span class=\"app-safety__source\">") << code->code;
        name.lit("</span>");
        table.rows.push_back({{.text = name},
                              {.text = code->definition},
                              {.text = who_proposes(*code)},
                              {.text = review_words(*code)},
                              {.text = std::string(code->column("prompt"))}});
    }
    page.main << web::stacked(table);
    return page;
}

/// What connects with a child's own pages are lists and cases that are open; a link that leads nowhere is not shown.
bool opens_the_child(const Site& site, const Visit& visit, ChildId child)
{
    bool opens = false;
    site.desk.database.read([&](storage::Transaction& transaction) {
        auto asked = casework::policy_request(site.desk, transaction, child, visit.session, "read", visit.now);
        asked.fields = {of_the_summary};
        const auto decision = site.desk.policy.decide(asked);
        opens = decision.is_allowed && decision.fields.front() >= policy::Show::generalise;
    });
    return opens;
}

/// R-C-02: the same summary on every page about a child in danger.
web::SafetySummary summary_on_a_page(const Site& site, const Visit& visit, const Seen& seen)
{
    const auto child = seen.head.heading.child;
    if (child.is_none()) return {};
    const auto question = [&](storage::Transaction& transaction) {
        return casework::policy_request(site.desk, transaction, *seen.type, seen.head, visit.session, "read",
                                        visit.now);
    };
    FlagsAsked asked{.child = child, .page = "summary", .question = question};
    for (std::size_t i = 0; i < seen.asked.fields.size() && i < seen.decision.fields.size(); ++i)
        if (seen.asked.fields[i].category == policy::Category::safety_summary &&
            seen.decision.fields[i] >= policy::Show::generalise)
            asked.is_noted_already = true;
    const auto shown = see_flags(site.desk, visit.session, visit.request.id, asked, visit.now);
    auto summary = summary_of(site.desk, shown, child);
    // Whoever came by a one-time link has that case and no other page; and what connects with a child's own pages are
    // cases that are open.
    if (visit.session.worker.is_none() || !opens_the_child(site, visit, child)) summary.all_flags_at.clear();
    return summary;
}

/// What stands first on the forms of an owner: which flag it is, and of whom.
Html head_of_flag(const Site& site, const Visit&, const Seen& seen)
{
    const auto& flag = seen.as<Flag>();
    const auto label = flag.code.empty() ? std::string_view(flag.disputed_text.words)
                                         : site.desk.lists.label_of("flags.catalogue", flag.code);
    Html html;
    html.lit("<p class=\"govuk-body-l\">") << fmt::format("{}: {}", derived::shown_name(seen.child), label);
    html.lit("</p>");
    if (!flag.plain_words.empty()) html << paragraph(flag.plain_words);
    return html;
}

} // namespace

void add_owner_pages(web::Router& router, const Site& site)
{
    site.page(router, "/flags", [&site](const Visit& visit) { return queue_page(site, visit); });
    site.page(router, "/flags/catalogue", [&site](const Visit& visit) { return catalogue_page(site, visit); });
    site.page(router, "/flags/mine", [&site](const Visit& visit) -> Result<Page> { return own_page(site, visit, {}); });
    site.post(router, "/flags/mine/{id}/appeal",
              [&site](const Visit& visit, const web::Fields& form) { return appeal(site, visit, form); });
    site.page(router, "/flags/{id}", [&site](const Visit& visit) { return flag_page(site, visit); });
}

void add_pages(web::Router& router, const Site& site)
{
    add_child_pages(router, site);
    add_owner_pages(router, site);
    add_concern_pages(router, site);
    site.heads[std::string(flag_type().name)] = [&site](const Visit& visit, const Seen& seen) {
        return head_of_flag(site, visit, seen);
    };
    site.safety_summary = [&site](const Visit& visit, const Seen& seen) {
        return summary_on_a_page(site, visit, seen);
    };
}

} // namespace reachable::flags
