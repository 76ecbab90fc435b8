// The children of whom a home or a social worker keeps a profile, and the profile of one.
#include "capabilities/profiles/pages.h"
#include "casework/search.h"
#include "clocks/london.h"
#include "storage/columns.h"
#include "ties/ties.h"
#include "web/components/app_words.h"
#include "web/components/button.h"
#include "web/components/details.h"
#include "web/components/moj_identity_bar.h"
#include "web/components/table.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::profiles {
namespace {

constexpr std::string_view most_profiles = "200"; // no home is larger, and no list of a worker is longer

/// Those that the own team keeps, and of a social worker those of the children on their list.
std::vector<CaseId> profiles_of(storage::Transaction& transaction, const Visit& visit)
{
    auto ids = storage::ids_at<CaseId>(
        transaction.query(fmt::format("select id from cases where type = $1 and team = $2 and is_open = 1 "
                                      "order by opened_at, id limit {}",
                                      most_profiles),
                          {std::string(profile_type().name), storage::to_value(visit.session.team)}),
        0);
    for (const auto child : ties::list_of(transaction, visit.session.worker, visit.now))
        if (const auto id = open_profile_of(transaction, child);
            !id.is_none() && std::ranges::find(ids, id) == ids.end())
            ids.push_back(id);
    return ids;
}

Result<Page> list_page(const Site& site, const Visit& visit)
{
    if (!keeps_profiles(visit.session.role))
        return refuse(ProblemKind::withheld, "Profiles are kept by those who look after a child, and social workers");
    std::vector<CaseId> ids;
    site.desk.database.read([&](storage::Transaction& transaction) { ids = profiles_of(transaction, visit); });
    web::Table table{.caption = "Children of whom a profile is kept",
                     .caption_classes = "govuk-visually-hidden",
                     .head = {{.text = "Child"}, {.text = "To be confirmed"}, {.text = "Photograph"}}};
    for (const auto id : ids) {
        const auto seen = derived::look_at_case(site.desk, visit.session, visit.request.id,
                                                {.type = profile_type().name, .id = id, .page = "list"}, visit.now);
        if (!seen) continue;
        table.rows.push_back({{.text = web::link(address_of(id), derived::shown_name(seen->child))},
                              {.text = derived::due_words(seen->clocks, visit.now)},
                              {.text = seen->as<Profile>().photo.empty() ? "None yet" : "There"}});
    }
    Page page{.title = "Profiles", .back_link = web::BackLink{.href = "/queue"}};
    page.main << web::heading("Children in your care")
              << web::paragraph(
                     "A profile is there in case a child is missing: then nobody has to ask for it at night. "
                     "The police cannot read it before.")
              << render(web::Button{.text = "Open a profile", .href = "/profiles/new"});
    if (table.rows.empty())
        page.main << web::paragraph("No profile is kept that you may see.");
    else
        page.main << web::stacked(table);
    page.main.lit("<p class=\"govuk-body\">") << web::link("/missing/report", "Report a child missing");
    page.main.lit("</p>");
    return page;
}

Html bar_of(const Seen& seen, UtcTime now)
{
    web::MojIdentityBar bar{.title = derived::shown_name(seen.child)};
    if (seen.child && !casework::name_is_held_back(*seen.child))
        bar.facts.emplace_back(seen.child->born
                                   ? "Aged " + records::age_words(seen.child->born, clocks::london_day(now))
                                   : std::string("Age not known"));
    return render(bar);
}

/// The picture, with what it is and when it was taken as its words.
Html photograph(const Seen& seen)
{
    const auto& profile = seen.as<Profile>();
    if (profile.photo.empty()) return {};
    const auto words = fmt::format("Photograph of {}{}", derived::shown_name(seen.child),
                                   profile.photo_taken_on ? ", taken on " + clocks::day_words(*profile.photo_taken_on)
                                                          : std::string());
    Html html;
    html.lit("<figure class=\"app-photograph\"><img")
            .attribute("src", address_of(seen.head.id) + "/photograph")
            .attribute("alt", words)
            .lit("><figcaption class=\"govuk-body-s\">")
        << words;
    return html.lit("</figcaption></figure>");
}

constexpr std::string_view what_the_child_looks_like[] = {"looks", "marks", "photo_taken_on"};
constexpr std::string_view where_and_with_whom[] = {"home",   "contact", "look_first", "friends",
                                                    "family", "school",  "routines",   "talk_to"};
constexpr std::string_view what_keeps_the_child_safe[] = {"health", "triggers", "self_harm", "exploitation"};
constexpr std::string_view what_the_child_carries[] = {"phones", "devices", "handles", "cards", "vehicles"};
constexpr std::string_view how_it_is_kept[] = {"given_by",     "is_in_care",   "ethnicity", "told",
                                               "told_because", "confirmed_at", "end_reason"};

Html places(const Profile& profile)
{
    if (profile.places.empty()) return {};
    web::Table table{.caption = "Places that the child knows",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Where"}, {.text = "What to know before going there"}}};
    for (const auto& place : profile.places)
        table.rows.push_back(
            {{.text = place.where}, {.text = place.safety.empty() ? std::string("Nothing is noted") : place.safety}});
    return web::stacked(table);
}

/// Whoever keeps it sees which forces asked for it, since they are told nothing else of a report.
Html who_asked(const Site& site, const Profile& profile)
{
    if (profile.asked_for.empty()) return {};
    web::Table table{.caption = "Forces that asked whether a profile is kept",
                     .caption_classes = "govuk-table__caption--m",
                     .head = {{.text = "Force"}, {.text = "When"}}};
    site.desk.database.read([&](storage::Transaction& transaction) {
        table.rows.clear();
        for (const auto& asked : profile.asked_for) {
            const auto force = accounts::find_agency(transaction, asked.force);
            table.rows.push_back({{.text = force ? force->name : std::string("Not known")},
                                  {.text = asked.at ? clocks::wall_date_time(*asked.at) : std::string()}});
        }
    });
    return web::stacked(table);
}

Html what_the_child_says(const Profile& profile)
{
    if (profile.child_view.words.empty()) return {};
    return render(web::AppWords{.words = profile.child_view.words,
                                .written_by = "The child, of what should happen; in " + profile.child_view_language});
}

Html section(const Site& site, const Seen& seen, std::string_view title, std::span<const std::string_view> names)
{
    const auto rows = derived::rows_of(site.desk, seen, names);
    return rows.empty() ? Html{} : web::heading(title, 2) << rows;
}

/// A photograph has a form of its own, since a file goes with it.
Html buttons(const Seen& seen)
{
    auto without = seen;
    std::erase_if(without.may, [](const std::string& action) { return action == "add_photo" || action == "ask"; });
    Html html = derived::buttons_of(without);
    if (seen.may_do("add_photo"))
        html << render(web::Button{.text = "Put in a photograph",
                                   .href = address_of(seen.head.id) + "/photograph/new",
                                   .classes = "govuk-button--secondary"});
    return html;
}

Result<Page> profile_page(const Site& site, const Visit& visit)
{
    const auto seen = TRY(derived::look_at_case(
        site.desk, visit.session, visit.request.id,
        {.type = profile_type().name, .id = TRY(visit.case_id()), .page = "profile", .with_history = true}, visit.now));
    const auto& profile = seen.as<Profile>();
    Page page{.title = "A profile in case a child is missing",
              .back_link = keeps_profiles(visit.session.role) ? web::BackLink{.text = "Profiles", .href = "/profiles"}
                                                              : web::BackLink{.href = "/queue"}};
    if (const auto* news = derived::news_in(visit, seen))
        page.before_main << derived::news_banner(fmt::format("“{}”", derived::title_of(*seen.type, news->action)),
                                                 news->at);
    page.main << web::heading(seen.head.state == ended ? "A profile that is kept no longer"
                                                       : "A profile in case a child is missing")
              << bar_of(seen, visit.now) << photograph(seen) << derived::what_is_awaited(seen, visit.now)
              << buttons(seen) << section(site, seen, "What the child looks like", what_the_child_looks_like)
              << section(site, seen, "Where, and with whom", where_and_with_whom) << places(profile)
              << section(site, seen, "What keeps the child safe", what_keeps_the_child_safe)
              << section(site, seen, "What the child carries", what_the_child_carries)
              << web::heading("What the child says and knows of it", 2) << what_the_child_says(profile)
              << derived::rows_of(site.desk, seen, how_it_is_kept);
    if (keeps_profiles(visit.session.role))
        page.main << words_for_the_child(site, clocks::london_day(visit.now)) << who_asked(site, profile);
    page.main << derived::link_to_record(seen);
    return page;
}

} // namespace

std::string address_of(CaseId id)
{
    return "/profiles/" + id.text();
}

Html words_for_the_child(const Site& site, CivilDate day)
{
    const auto words = site.desk.lists.codes_on("profiles.consent", day);
    if (words.empty()) return {};
    return render(web::Details{.summary = "Words to say to the child", .text = words.front()->definition});
}

void add_pages(web::Router& router, const Site& site)
{
    site.page(router, "/profiles", [&site](const Visit& visit) { return list_page(site, visit); });
    add_opening_pages(router, site);
    site.page(router, "/profiles/{id}", [&site](const Visit& visit) { return profile_page(site, visit); });
    add_photograph_pages(router, site);
    site.heads[std::string(profile_type().name)] = [](const Visit&, const Seen& seen) {
        return derived::line_of_the_child(seen.child);
    };
}

} // namespace reachable::profiles
