#include "app/known_page.h"

#include "app/as_of.h"
#include "app/audit_reach.h"
#include "app/could_see.h"
#include "app/log_words.h"
#include "base/text.h"
#include "clocks/london.h"
#include "web/components/details.h"
#include "web/components/select.h"
#include "web/components/table.h"
#include "web/form_view.h"
#include "web/prose.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace reachable::app {
namespace {

using audit::Operation;
using derived::Visit;
using storage::Transaction;
using web::Html;

constexpr std::size_t most_of_the_log = 5000;
constexpr std::size_t most_acts_on_a_page = 200;

/// Whose people, and in which role.
struct KnowerChoice {
    AgencyId agency;
    std::optional<accounts::Role> role;

    bool is_by_them(const audit::Entry& entry) const
    {
        const bool is_theirs = entry.agency == agency || entry.on_behalf_of == agency;
        return is_theirs && (!role || entry.role == accounts::code_of(*role));
    }
};

struct KnownThing {
    audit::Entry act;
    std::string what; // "Sent the request to children's services"
    std::optional<audit::Entry> first_shown;
};

/// What the rules of then opened to them, by case; or why that is not told.
struct Opened {
    std::map<CaseId, CouldSee> cases = {};
    std::string by; // the text of then
    std::string why_not = {};

    const CouldSee& of(CaseId id) const
    {
        static const CouldSee closed;
        const auto found = cases.find(id);
        return found == cases.end() ? closed : found->second;
    }
};

struct WhoKnew {
    KnowerChoice choice;
    std::map<AgencyId, std::string> agencies;
    std::set<std::string> roles;       // codes, of the agency's people
    std::vector<KnownThing> things;    // the newest first
    std::optional<Opened> opened = {}; // where a role was asked for

    std::size_t count(auto is_so) const { return static_cast<std::size_t>(std::ranges::count_if(things, is_so)); }
};

/// What the log tells this reader of the child until then, the oldest first.
std::vector<audit::Entry> told_of_child(Transaction& transaction, const Service& service, const Visit& visit,
                                        ChildId child, UtcTime until)
{
    constexpr std::size_t step = 100;
    Reach reach(transaction, service.desk(), visit.session, visit.now);
    const auto only_of = reach.tells_what_others_did(child) ? AgencyId{} : visit.session.agency;
    std::vector<audit::Entry> told;
    for (std::uint64_t before = 0; told.size() < most_of_the_log;) {
        auto some = audit::entries_of_child(transaction, child, step, before, only_of);
        const bool is_end = some.size() < step || some.back().sequence == 0;
        if (!is_end) before = some.back().sequence;
        for (auto& entry : some) {
            const bool is_done = entry.child == child && entry.outcome == "done" && entry.at <= until;
            if (is_done && reach.covers(entry) && reach.tells_of_child(entry)) told.push_back(std::move(entry));
        }
        if (is_end) break;
    }
    std::ranges::stable_sort(told, {}, &audit::Entry::sequence);
    return told;
}

std::string with_a_capital(std::string words)
{
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    return words;
}

std::string said_of(Transaction& transaction, const Service& service, const audit::Entry& act)
{
    const auto names = names_for(transaction, service, act);
    auto words = with_a_capital(names.action.empty() ? act.action : names.action);
    if (!names.role.empty()) words += ", by " + with_article(names.role);
    if (!names.agency.empty()) words += " of " + names.agency;
    return words;
}

/// Of one's own organisation whoever takes part in a case about the child learns it; of another, whoever holds the
/// record: that a record was open to somebody tells that they had to do with the child.
Opened what_was_open(Transaction& transaction, const Service& service, const Visit& visit, ChildId child,
                     const WhoKnew& knew, UtcTime then)
{
    Opened opened;
    Reach reach(transaction, service.desk(), visit.session, visit.now);
    const bool is_own = knew.choice.agency == visit.session.agency;
    if (is_own ? !reach.tells_what_others_did(child) : !reach.accounts_for_others(child)) {
        opened.why_not = "What the rules opened to an organisation is told to that organisation while it takes part in "
                         "a case about the child, and to whoever holds the record of the child.";
        return opened;
    }
    const auto policy = policy_at(transaction, then);
    if (policy == nullptr) {
        opened.why_not = "The rules that were in force then are not kept here, so what they opened cannot be told.";
        return opened;
    }
    const RightsOfThen rights(transaction, service.desk(), *policy, child, {knew.choice.agency, *knew.choice.role},
                              then);
    if (!rights.has_people()) {
        opened.why_not = "Nobody of that role works there today. Which posts there were then is not kept, so what the "
                         "rules opened to it cannot be told.";
        return opened;
    }
    opened.by = policy->hash();
    for (const auto& thing : knew.things) {
        const auto [found, is_new] = opened.cases.try_emplace(thing.act.case_id);
        if (is_new) found->second = rights.of(thing.act.case_id);
    }
    return opened;
}

/// Beside those who did something, all the roles that people of the agency hold: whoever did nothing may have known.
void add_roles_of(Transaction& transaction, WhoKnew& knew)
{
    for (const auto& row : transaction.query("select distinct p.role from accounts_posts p "
                                             "join accounts_teams t on t.id = p.team where t.agency = $1",
                                             {storage::to_value(knew.choice.agency)}))
        knew.roles.insert(row.text(0));
}

WhoKnew who_knew(Transaction& transaction, const Service& service, const Visit& visit, ChildId child,
                 const KnowerChoice& choice, UtcTime until)
{
    WhoKnew knew{.choice = choice, .agencies = {}, .roles = {}, .things = {}};
    const auto told = told_of_child(transaction, service, visit, child, until);
    for (const auto& entry : told) {
        if (entry.agency == choice.agency && !entry.role.empty()) knew.roles.insert(entry.role);
        if (const auto agency = accounts::find_agency(transaction, entry.agency))
            knew.agencies.try_emplace(entry.agency, agency->name);
    }
    if (const auto own = accounts::find_agency(transaction, visit.session.agency))
        knew.agencies.try_emplace(own->id, own->name);
    for (auto act = told.rbegin(); act != told.rend() && knew.things.size() < most_acts_on_a_page; ++act) {
        if (act->operation != Operation::act || act->case_id.is_none()) continue;
        const auto first = std::ranges::find_if(
            told, [&](const audit::Entry& look) { return choice.is_by_them(look) && was_shown_by(look, *act); });
        knew.things.push_back({.act = *act,
                               .what = said_of(transaction, service, *act),
                               .first_shown = first == told.end() ? std::nullopt : std::optional(*first)});
    }
    if (knew.agencies.contains(choice.agency)) add_roles_of(transaction, knew);
    if (choice.role) knew.opened = what_was_open(transaction, service, visit, child, knew, until);
    return knew;
}

/// Of whom the page tells: of all the people of the agency, or of those in one role.
std::string people_of(const WhoKnew& knew)
{
    const auto& agency = knew.agencies.at(knew.choice.agency);
    if (!knew.choice.role) return "people of " + agency;
    return fmt::format("{} of {}", with_article(accounts::title_of(*knew.choice.role)), agency);
}

std::string groups_in(std::uint64_t view)
{
    std::vector<std::string> groups;
    for (std::size_t i = 0; i < policy::category_count; ++i)
        if ((view >> i & 1) != 0) groups.emplace_back(policy::title_of(static_cast<policy::Category>(i)));
    return join(groups, ", ");
}

std::string first_shown_words(const KnownThing& thing)
{
    if (!thing.first_shown) return "Not by then";
    const auto& look = *thing.first_shown;
    if (look.sequence == thing.act.sequence) return "At once: they recorded it";
    const auto role = accounts::role_from(look.role);
    auto words =
        fmt::format("{}, after {}", clocks::wall_date_time(look.at), clocks::duration_words(look.at - thing.act.at));
    if (role) words += ", to " + with_article(accounts::title_of(*role));
    const auto groups = groups_in(look.view);
    return groups.empty() ? words : fmt::format("{} ({})", words, groups);
}

std::string open_words(const CouldSee& could)
{
    if (could.openness == Openness::closed) return "Closed to them";
    return fmt::format("{}: {} (by {})",
                       could.openness == Openness::open ? "Open" : "Open once they had written down why",
                       groups_in(could.view), join(std::vector(could.rules.begin(), could.rules.end()), ", "));
}

/// How many of the things recorded by then were open, and how many of those somebody had been shown.
Html opened_words(const WhoKnew& knew, UtcTime then)
{
    if (!knew.opened)
        return web::paragraph("Choose a role to see beside it what the rules of that moment opened to its people.");
    if (!knew.opened->why_not.empty()) return web::paragraph(knew.opened->why_not);
    const auto is_open = [&](const KnownThing& thing) {
        return knew.opened->of(thing.act.case_id).openness != Openness::closed;
    };
    const auto open = knew.count(is_open);
    const auto shown = knew.count([&](const KnownThing& thing) { return is_open(thing) && thing.first_shown; });
    return web::paragraph(fmt::format(
               "On {} the rules opened {} of these {} to {} of {}. Of those, {} had been shown to "
               "one of them by then.",
               clocks::wall_date_time_told_apart(then), open, knew.things.size(),
               with_article(accounts::title_of(*knew.choice.role)), knew.agencies.at(knew.choice.agency), shown))
           << web::paragraph(
                  fmt::format("This is worked out from the policy text that decided then (its hash begins "
                              "with {}), from what connected them with the child then, and from each record "
                              "as it stood then. Only the posts that people hold are those of today. Whoever "
                              "opens a record in an emergency can see more.",
                              knew.opened->by.substr(0, 12)));
}

/// What the letters and numbers in the table stand for.
Html how_to_read_it(const WhoKnew& knew)
{
    if (!knew.opened || !knew.opened->why_not.empty()) return {};
    Html text = web::paragraph("“By A02” names the rule of the policy that opened it: A and a number is a rule that "
                               "allows, B one for emergencies. More than one stands there where several did.");
    text << web::paragraph(
        "The hash is worked out from every letter of the policy text. Another text has another hash, "
        "so it says which text decided.");
    text.lit("<p class=\"govuk-body\">") << web::link("/who-can-see-what",
                                                      "The rules in force today, each with its number");
    text.lit("</p>");
    return render(web::Details{.summary = "What the rules and the hash mean", .text = text, .classes = "app-no-print"});
}

Html choices_of(const WhoKnew& knew, const std::optional<AsOf>& as_of)
{
    std::vector<web::SelectItem> agencies;
    for (const auto& [id, name] : knew.agencies) agencies.push_back({.text = name, .value = id.text()});
    std::ranges::sort(agencies, {}, &web::SelectItem::text);
    std::vector<web::SelectItem> roles{{.text = "All", .value = ""}};
    for (const auto& code : knew.roles)
        if (const auto role = accounts::role_from(code))
            roles.push_back({.text = std::string(accounts::title_of(*role)), .value = code});
    Html html;
    html.lit("<form method=\"get\" class=\"app-no-print\" novalidate>");
    html << render(web::Select{.name = "agency",
                               .items = std::move(agencies),
                               .value = knew.choice.agency.text(),
                               .label = {.text = "Which agency?"}})
         << render(web::Select{.name = "role",
                               .items = std::move(roles),
                               .value = std::string(knew.choice.role ? accounts::code_of(*knew.choice.role) : ""),
                               .label = {.text = "Which role?"}})
         << as_of_field(as_of) << web::button("Show", web::ButtonLook::secondary);
    return html.lit("</form>");
}

Html as_table(const WhoKnew& knew)
{
    const auto agency = people_of(knew);
    web::Table table{.caption = "What was recorded, the newest first",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Recorded"}, {.text = "What"}, {.text = "First shown to " + agency}}};
    const bool says_what_was_open = knew.opened && knew.opened->why_not.empty();
    if (says_what_was_open) table.head.insert(table.head.begin() + 2, {.text = "Open to them then"});
    for (const auto& thing : knew.things) {
        auto& row = table.rows.emplace_back();
        row = {{.text = clocks::wall_date_time(thing.act.at)},
               {.text = fmt::format("{} (case {})", thing.what, thing.act.case_id.text().substr(0, 8))}};
        if (says_what_was_open) row.push_back({.text = open_words(knew.opened->of(thing.act.case_id))});
        row.push_back({.text = first_shown_words(thing)});
    }
    return web::stacked(table);
}

Result<KnowerChoice> knower_in(const Visit& visit)
{
    KnowerChoice choice{.agency = visit.session.agency, .role = {}};
    const auto& query = visit.request.query;
    if (const auto agency = query.get("agency"); !agency.empty()) {
        const auto id = AgencyId::parse(agency);
        if (!id) return refuse(ProblemKind::malformed, "Choose an agency from the list", "agency");
        choice.agency = *id;
    }
    if (const auto role = query.get("role"); !role.empty()) {
        const auto known = accounts::role_from(role);
        if (!known) return refuse(ProblemKind::malformed, "Choose a role from the list", "role");
        choice.role = *known;
    }
    return choice;
}

Result<web::Page> known_page(const Service& service, const Visit& visit)
{
    const auto choice = TRY(knower_in(visit));
    const auto as_of = TRY(as_of_in(visit));
    const auto child = ChildId::parse(visit.request.path_values.at("id"));
    if (!child) return refuse(ProblemKind::not_found, "There is no such page");
    TRY(note_reading(service, visit, "audit.read_child", *child));
    std::optional<WhoKnew> knew;
    service.desk().database.read([&](Transaction& transaction) {
        knew = who_knew(transaction, service, visit, *child, choice, as_of ? as_of->at : visit.now);
    });
    if (!knew->agencies.contains(choice.agency))
        return refuse(ProblemKind::malformed, "Choose an agency from the list", "agency");
    const auto shown = knew->count([](const KnownThing& thing) { return thing.first_shown.has_value(); });
    const auto then = as_of ? as_of->at : visit.now;
    web::Page page{.title = "Who knew what, and when",
                   .back_link = web::BackLink{.text = "Who has seen this child's record",
                                              .href = fmt::format("/children/{}/access", child->text())}};
    page.printed_by_line = printed_line(visit, as_of);
    page.main << web::heading("Who knew what, and when") << history_words(as_of)
              << web::paragraph("This is told from the log: what was recorded about the child, and when people of the "
                                "agency were first shown the record that it stands in, with the groups of fields that "
                                "they saw. It does not say what they read. You see what your own agency did and saw, "
                                "and what anybody did and saw "
                                "about a child while your agency takes part in a case about them.")
              << web::paragraph(fmt::format("{} of {} had been shown to {} by {}.", shown, knew->things.size(),
                                            people_of(*knew), clocks::wall_date_time(then)))
              << opened_words(*knew, then) << how_to_read_it(*knew) << choices_of(*knew, as_of);
    page.main << (knew->things.empty() ? web::paragraph("Nothing that the log tells you of had been recorded.")
                                       : as_table(*knew));
    if (knew->things.size() == most_acts_on_a_page)
        page.main << web::paragraph("Older things do not stand here. Enter an earlier moment to see them.");
    return page;
}

} // namespace

bool was_shown_by(const audit::Entry& look, const audit::Entry& act)
{
    if (look.sequence == act.sequence) return look.case_id == act.case_id;
    if (look.sequence < act.sequence) return false;
    // Whoever looked at a day of the past was shown what stood then.
    if (look.action.ends_with("_then")) return false;
    const bool is_look = look.operation == Operation::look || look.operation == Operation::disclosure;
    if (!is_look && look.operation != Operation::act) return false;
    if (look.case_id == act.case_id) return look.operation == Operation::act || look.view != 0;
    const auto summary = std::uint64_t{1} << static_cast<unsigned>(policy::Category::safety_summary);
    // A flag that is only proposed, or was declined, stands in no summary for sure.
    constexpr std::string_view stands_after[] = {"flag.set", "flag.accept", "flag.renew", "flag.change", "flag.keep"};
    const bool stands = std::ranges::find(stands_after, act.action) != std::end(stands_after);
    return stands && is_look && (look.view & summary) != 0;
}

void add_known_page(web::Router& router, const Service& service)
{
    service.site().page(router, "/children/{id}/known",
                        [&service](const Visit& visit) { return or_asked_again(visit, known_page(service, visit)); });
}

} // namespace reachable::app
