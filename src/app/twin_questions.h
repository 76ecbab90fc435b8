// What a session asks of both twins: pages, lists, searches, forms, links of duty desks, the API and feeds, at random,
// about what may be seen, what may not, and what is not there.
#pragma once

#include "accounts/one_time_link.h"
#include "app/twin_hidden_records.h"
#include "base/text.h"

namespace reachable::app::testing {

/// Addresses that tell of no record, or that move what both twins share: signing in and out, the clock of the
/// demonstration, what a check of the whole log takes, files, and the numbers of requests of enforcement, which are
/// published for everybody.
inline constexpr std::string_view left_out[] = {
    "/assets/{file}",  "/assets/{folder}/{file}", "/sign-in", "/sign-out", "/purpose", "/demo/clock", "/audit/verify",
    "/dev/components", "/immigration-requests"};

/// One request, put to both twins.
class Questions {
  public:
    Questions(const BaseWorld& base, const Reader& reader, const Hidden& hidden, const web::Router& router,
              DemoRandom& random)
        : base_(base), reader_(reader), hidden_(hidden), router_(router), random_(random)
    {
    }

    web::Request any()
    {
        auto asked = any_at_all();
        if (asked.method == web::Method::get && random_.below(8) == 0)
            asked.headers.add("if-none-match", random_.below(2) == 0 ? "*" : "\"v1\"");
        return asked;
    }

  private:
    web::Request any_at_all()
    {
        const auto kind = random_.below(10);
        const bool is_administrator = reader_.session.role == accounts::Role::ADMIN;
        if (!reader_.token.empty() && is_administrator && kind < 6) return feed();
        if (!reader_.token.empty()) return kind < 5 ? api_read() : kind < 7 ? api_search() : api_act();
        if (!reader_.link.empty() && kind < 8) return kind < 5 ? link_page() : link_post();
        if (kind < 3) return page();
        if (kind == 3) return list();
        if (kind == 4) return search();
        if (kind == 5) return booking();
        if (kind < 8) return opening();
        return kind == 8 ? post() : look_at_child();
    }
    template <class Any>
    const Any& one_of(const std::vector<Any>& all)
    {
        return all[random_.below(all.size())];
    }
    std::string case_id()
    {
        const auto kind = random_.below(7);
        if (kind < 3 && !hidden_.cases.empty()) return one_of(hidden_.cases).text();
        if (kind < 6) return one_of(base_.cases).text();
        return random_id();
    }
    /// Of a child that the reader may not see at all: only one of the twins has a record of it, or neither.
    std::string unseen_child()
    {
        if (random_.below(4) != 0 && !hidden_.children.empty()) return one_of(hidden_.children).id.text();
        return random_id();
    }
    std::string child_id()
    {
        const auto kind = random_.below(4);
        return kind == 0 ? unseen_child() : one_of(kind == 1 ? base_.children : base_.detained).id.text();
    }
    std::string random_id() { return fmt::format("{:016x}{:016x}", random_.next(), random_.next()); }
    std::string child_name()
    {
        const auto kind = random_.below(3);
        if (kind == 0 && !hidden_.children.empty()) return as_somebody_types(one_of(hidden_.children).name);
        return as_somebody_types(kind == 1 ? one_of(base_.children).name : hidden_.favourite_name);
    }
    /// As it stands, or with a slip, words run together or exchanged, or an initial alone.
    std::string as_somebody_types(std::string name)
    {
        const auto gap = name.find(' ');
        const auto place = 1 + random_.below(name.size() - 2);
        switch (random_.below(10)) {
        case 0: return name.erase(place, 1);
        case 1: std::swap(name[place], name[place + 1]); return name;
        case 2: return name.insert(place, 1, static_cast<char>('a' + random_.below(26)));
        case 3: return gap == std::string::npos ? name : name.erase(gap, 1);
        case 4: return gap == std::string::npos ? name : name.substr(gap + 1) + " " + name.substr(0, gap);
        case 5: return gap == std::string::npos ? name : name.erase(1, gap - 1);
        default: return name;
        }
    }
    std::string_view type_name() { return one_of(types_); }

    web::Request request(web::Method method, std::string path)
    {
        web::Request request{.method = method, .path = std::move(path), .id = RequestId::random()};
        const auto cookie =
            reader_.link.empty() ? std::string("session") : accounts::link_cookie_name(reader_.link, false);
        if (!reader_.cookie.empty()) request.cookies.add(cookie, reader_.cookie);
        if (!reader_.token.empty()) {
            request.headers.add("authorization", "Bearer " + reader_.token);
            request.headers.add("purpose", reader_.session.purpose);
        }
        return request;
    }
    /// An address of the router, with ids in its named pieces.
    std::string address(web::Method method)
    {
        std::vector<std::string> patterns;
        for (const auto& [its_method, pattern] : router_.list())
            if (its_method == method && std::ranges::find(left_out, pattern) == std::end(left_out))
                patterns.push_back(pattern);
        std::string path;
        const auto pattern = one_of(patterns);
        for (const auto piece : split(std::string_view(pattern).substr(1), '/')) {
            const bool is_of_child = pattern.starts_with("/children") || pattern.starts_with("/emergency-access");
            path += '/';
            if (piece == "{id}")
                path += is_of_child ? child_id() : case_id();
            else if (piece == "{action}")
                path += one_of(actions_);
            else if (piece == "{token}" && !reader_.link.empty())
                path += reader_.link;
            else
                path += piece.starts_with("{") ? std::string_view("none") : piece;
        }
        return path;
    }
    web::Request page() { return with_query(request(web::Method::get, address(web::Method::get))); }
    web::Request link_page()
    {
        constexpr std::string_view pages[] = {"", "/code", "/answer", "/sent", "/not-ours", "/expired"};
        auto asked = request(web::Method::get, fmt::format("/a/{}{}", reader_.link, pages[random_.below(6)]));
        return random_.below(4) == 0 ? with_query(std::move(asked)) : asked;
    }
    web::Request link_post()
    {
        const auto at = "/a/" + reader_.link;
        switch (random_.below(4)) {
        case 0: return form(at + "/open", {});
        case 1: return form(at + "/not-ours", {{"reroutes-to", random_id()}, {"reroutes-reason", "placed_by_another"}});
        case 2: return form(at + "/code", {{"code", std::to_string(100'000 + random_.below(900'000))}});
        default:
            return form(at + "/answer", {{"version", std::to_string(1 + random_.below(5))},
                                         {"answers-Q11-state", "yes"},
                                         {"answers-Q11-words", "An inhaler " + random_id().substr(0, 4)},
                                         {"then", random_.below(3) == 0 ? "later" : "send"}});
        }
    }
    web::Request list() { return with_query(request(web::Method::get, std::string(one_of(lists_)))); }
    web::Request with_query(web::Request asked)
    {
        constexpr std::string_view roles[] = {"CUST", "INSP", "EDT", "LADM", "SW"};
        switch (random_.below(7)) {
        case 0: asked.query.add("version", std::to_string(1 + random_.below(4))); break;
        case 1: asked.query.add("show", "refusals"); break;
        case 2: asked.query.add("saved", std::to_string(1 + random_.below(4))); break;
        case 3: asked.query.add("about", case_id()); break;
        case 4: asked.query.add("skip", std::to_string(random_.below(3))); break;
        case 5: asked.query.add("role", std::string(roles[random_.below(std::size(roles))])); break; // who knew what
        default: break;
        }
        return asked;
    }
    web::Request look_at_child()
    {
        const auto* folder = random_.below(2) == 0 ? "/emergency-access/" : "/children/";
        const auto path = folder + child_id();
        return request(web::Method::get, folder == std::string_view("/children/") ? path + "/access" : path);
    }
    web::Request form(std::string path, const std::vector<std::pair<std::string, std::string>>& values)
    {
        auto asked = request(web::Method::post, std::move(path));
        asked.headers.add("content-type", "application/x-www-form-urlencoded");
        asked.body = "form_token=" + reader_.session.form_token;
        for (const auto& [name, value] : values) asked.body += "&" + name + "=" + with_plus(value);
        return asked;
    }
    /// The few signs that stand in our values.
    static std::string with_plus(std::string text)
    {
        std::ranges::replace(text, ' ', '+');
        return text;
    }
    web::Request search()
    {
        if (random_.below(2) == 0)
            return form("/emergency-access", {{"name", child_name()}, {"reason_code", "life_at_risk"}});
        std::vector<std::pair<std::string, std::string>> known{{"name", child_name()},
                                                               {"reason", "Found alone at the station"}};
        if (random_.below(2) == 0) known.emplace_back("born-year", std::to_string(2008 + random_.below(8)));
        if (random_.below(4) == 0) known.emplace_back("born-month", std::to_string(1 + random_.below(12)));
        if (random_.below(2) == 0) known.emplace_back("place", "3 Quay Street, NM1 2AB");
        if (random_.below(6) == 0) known.emplace_back("phone", "01632 960001");
        return form("/search", known);
    }
    /// A booking that finds children to choose from and says no time, or that chooses one who may not be seen; none
    /// books anybody in.
    web::Request booking()
    {
        const bool chooses = random_.below(2) == 0;
        std::vector<std::pair<std::string, std::string>> typed{
            {"name_given", chooses ? child_name() : as_somebody_types(one_of(base_.children).name)},
            {"custody_number", random_id()},
            {"authorised_at-day", "24"},
            {"authorised_at-month", "10"},
            {"authorised_at-year", "2026"},
            {"key", random_id()},
            {"candidates_shown", "yes"},
            {"child", chooses ? unseen_child() : ""}};
        if (chooses) typed.emplace_back("authorised_at-time", "23:15");
        return form("/custody/new", typed);
    }
    /// Opens a case about a record that may not be seen. Restricting is left out: whoever protects a child is told
    /// whether the reference they were given leads to a record.
    web::Request opening()
    {
        switch (random_.below(6)) {
        case 4: {
            auto one = unseen_child();
            auto other = one_of(base_.children).id.text();
            if (random_.below(2) == 0) std::swap(one, other);
            return form("/same-person/new", {{"child", one},
                                             {"other", other},
                                             {"why_asked", "Both were found at the station"},
                                             {"key", random_id()}});
        }
        case 5:
            return form("/same-person/" + case_id(), {{"decision", std::string(one_of(decisions_))},
                                                      {"reason", "The school knows them apart"},
                                                      {"version", std::to_string(1 + random_.below(3))}});
        case 0:
            return form("/allocations/new", {{"child", unseen_child()},
                                             {"staff_name", std::string(one_of(social_workers_))},
                                             {"key", random_id()}});
        case 1:
            return form("/openings/new",
                        {{"about",
                          random_.below(3) != 0 && !hidden_.cases.empty() ? one_of(hidden_.cases).text() : random_id()},
                         {"reason", "Asked about the placement " + random_id()},
                         {"key", random_id()}});
        case 2:
            return form("/emergency-access/" + unseen_child(), {{"reason_code", "find_the_child"},
                                                                {"reason", "She rang from his car and cannot say"},
                                                                {"key", random_id()}});
        default: return form("/emergency-access/" + unseen_child() + "/end", {});
        }
    }
    /// An act on a case that exists. It may be done to one that both have; then it is done in both.
    web::Request post()
    {
        const auto path = fmt::format("/cases/{}/{}/{}", type_name(), case_id(), one_of(actions_));
        return form(path, {{"version", std::to_string(1 + random_.below(3))},
                           {"reason", "It was written down wrongly"},
                           {"lift_reason", "The danger is over, says the court"},
                           {"finding", "needed"},
                           {"told_to", "Assistant chief constable"}});
    }

    web::Request api_read()
    {
        auto path = fmt::format("/api/v1/{}", type_name());
        if (random_.below(3) != 0) path += "/" + case_id();
        auto asked = request(web::Method::get, std::move(path));
        switch (random_.below(5)) {
        case 0: asked.query.add("version", std::to_string(random_.below(4))); break;
        case 1: asked.query.add("as_at", to_iso(base_.now - minutes{random_.below(60)})); break;
        case 2: asked.query.add("side", "asked"); break;
        case 3: asked.query.add("skip", std::to_string(random_.below(3))); break;
        default: break;
        }
        return asked;
    }
    web::Request json(std::string path, std::string body)
    {
        auto asked = request(web::Method::post, std::move(path));
        asked.headers.add("content-type", "application/json");
        asked.headers.add("idempotency-key", random_id());
        asked.headers.add("if-match", random_.below(2) == 0 ? "*" : "\"1\"");
        asked.body = std::move(body);
        return asked;
    }
    web::Request api_search()
    {
        auto asked = fmt::format(R"("name":"{}")", child_name());
        if (random_.below(2) == 0) asked += fmt::format(R"(,"born":"{}")", 2008 + random_.below(8));
        if (random_.below(4) == 0) asked += R"(,"place":"NM1 2AB")";
        return json("/api/v1/children/candidates", "{" + asked + "}");
    }
    /// People of the force's own system, some of them under names that somebody else's records bear.
    web::Request feed()
    {
        auto asked = request(web::Method::post, "/api/v1/feeds/northmere-records");
        asked.headers.add("content-type", "text/csv");
        asked.query.add("mapping", "northmere-people");
        if (random_.below(2) == 0) asked.query.add("dry_run", "yes");
        asked.body = "RecordNo,Surname,Forenames,Date of birth,Gender,House,Street,Town,Postcode,Telephone,Nickname,"
                     "PNC ID,Status\n";
        for (std::size_t i = 0; i <= random_.below(3); ++i) {
            const auto name = child_name();
            const auto gap = std::min(name.find(' '), name.size() - 1);
            asked.body +=
                fmt::format("NM{},{},{},{:02}/03/2011,F,3,Quay Street,Northmere,QN1 5BT,,,,Live\n", random_.below(30),
                            name.substr(gap + 1), name.substr(0, gap), 1 + random_.below(40));
        }
        return asked;
    }
    web::Request api_act()
    {
        if (random_.below(3) == 0)
            return json("/api/v1/custody",
                        fmt::format(R"({{"child":"{}","name_given":"{}","custody_number":"{}","authorised_at":"{}"}})",
                                    unseen_child(), child_name(), random_id(), to_iso(base_.now - minutes{35})));
        return json(fmt::format("/api/v1/{}/{}/{}", type_name(), case_id(), one_of(actions_)), "{}");
    }

    const BaseWorld& base_;
    const Reader& reader_;
    const Hidden& hidden_;
    const web::Router& router_;
    DemoRandom& random_;
    std::vector<std::string_view> types_{"custody",
                                         "custody",
                                         "custody",
                                         "emergency-access",
                                         "restriction",
                                         "allocation",
                                         "opening",
                                         "immigration-request",
                                         "same-person",
                                         "encounter",
                                         "offer",
                                         "observation",
                                         "concern",
                                         "missing",
                                         "return-interview",
                                         "placement",
                                         "board-handover",
                                         "profile",
                                         "call",
                                         "meeting",
                                         "meeting-invitation",
                                         "meeting-action"};
    std::vector<std::string_view> lists_{"/queue",
                                         "/custody",
                                         "/emergency-reviews",
                                         "/audit",
                                         "/restrictions",
                                         "/allocations",
                                         "/status",
                                         "/same-person",
                                         "/search",
                                         "/admin/imports",
                                         "/notices",
                                         "/encounters",
                                         "/offers",
                                         "/observations",
                                         "/concerns",
                                         "/missing",
                                         "/interviews",
                                         "/placements",
                                         "/missing/handover",
                                         "/missing/national",
                                         "/missing/measures",
                                         "/missing/calls",
                                         "/profiles",
                                         "/meetings"};
    std::vector<std::string_view> actions_{"send_request",
                                           "chase",
                                           "acknowledge",
                                           "record_departure",
                                           "plan_release",
                                           "pass_back",
                                           "read_pass_back",
                                           "open_request",
                                           "add_fact",
                                           "correct",
                                           "review",
                                           "end_now",
                                           "ask_to_lift",
                                           "lift",
                                           "keep",
                                           "end",
                                           "tell_chief",
                                           "answer",
                                           "same",
                                           "propose_undo",
                                           "confirm_undo",
                                           "keep_joined",
                                           "cannot_tell",
                                           "answer_by_phone",
                                           "ask_child_again",
                                           "confirm_read_back"};
    std::vector<std::string_view> decisions_{"same", "different", "cannot_tell", ""};
    std::vector<std::string_view> social_workers_{"fenn@westmoor.example", "quay@more.example"};
};

} // namespace reachable::app::testing
