#include "accounts/one_time_link.h"

#include "accounts/columns.h"
#include "base/crypto.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::accounts {

using storage::Row;
using storage::Transaction;

namespace {

constexpr std::size_t link_bytes = 32;
constexpr std::size_t token_letters = 43;
constexpr std::size_t code_digits = 6;

/// Everything stored about a link.
struct StoredLink {
    Link link;
    std::string purpose;
    seconds life{};
    bool is_used = false;
    bool is_ended = false;
    std::int64_t wrong_tries = 0;
    bool is_burnt() const { return wrong_tries >= most_wrong_link_codes; }
};

constexpr std::string_view columns = "select id, only_case, desk, agency, purpose, life_seconds, made_at, expires_at,"
                                     " used_at, ended_at, wrong_tries from accounts_links ";

StoredLink read_link(const Row& row, UtcTime now)
{
    StoredLink stored;
    stored.link.id = id_at<LinkId>(row, 0);
    stored.link.only_case = id_at<CaseId>(row, 1);
    stored.link.desk = id_at<TeamId>(row, 2);
    stored.link.agency = id_at<AgencyId>(row, 3);
    stored.purpose = row.text(4);
    stored.life = seconds{row.integer(5)};
    stored.link.made_at = time_at(row, 6);
    stored.link.expires_at = time_at(row, 7);
    stored.is_used = !row.is_null(8);
    stored.is_ended = !row.is_null(9);
    stored.wrong_tries = row.integer(10);
    if (stored.is_used)
        stored.link.state = LinkState::used;
    else if (stored.is_burnt())
        stored.link.state = LinkState::burnt;
    else if (stored.is_ended || now >= stored.link.expires_at)
        stored.link.state = LinkState::expired;
    return stored;
}

/// The token is found by its hash: how long that takes tells nothing about a token somebody might guess.
std::optional<StoredLink> find_stored(Transaction& transaction, std::string_view token, UtcTime now)
{
    if (token.size() != token_letters) return std::nullopt;
    const auto rows =
        transaction.query(std::string(columns) + "where token_hash = $1", {to_value(sha256(as_bytes(token)))});
    if (rows.empty()) return std::nullopt;
    return read_link(rows.front(), now);
}

tl::unexpected<Problems> burnt()
{
    return refuse(ProblemKind::out_of_order, "Five codes were wrong, so this link is over. Ask for a new one");
}

Result<StoredLink> find_waiting_link(Transaction& transaction, std::string_view token, UtcTime now)
{
    auto stored = find_stored(transaction, token, now);
    if (!stored)
        return refuse(ProblemKind::not_found,
                      "This link does not open anything. Answer by phone, or ask for a new link");
    if (stored->link.state == LinkState::used)
        return refuse(ProblemKind::out_of_order, "This link was used already. Ask for a new one");
    if (stored->link.state == LinkState::burnt) return burnt();
    if (stored->link.state == LinkState::expired)
        return refuse(ProblemKind::out_of_order, "This link is over. Ask for a new one, or answer by phone");
    return std::move(*stored);
}

/// Keyed with the token, which is stored nowhere: whoever reads the database cannot try the million codes.
Hash hash_of_code(std::string_view token, std::string_view code)
{
    return hmac_sha256(as_bytes(token), as_bytes(code));
}

/// Six digits, each as likely as any other: a draw that would favour the low ones is thrown away.
std::string new_code()
{
    constexpr std::uint32_t many = 1'000'000;
    constexpr std::uint32_t fair = UINT32_MAX - UINT32_MAX % many;
    std::uint32_t drawn = fair;
    while (drawn >= fair) {
        const Bytes bytes = random_bytes(sizeof drawn);
        std::memcpy(&drawn, bytes.data(), sizeof drawn);
    }
    std::string digits = std::to_string(drawn % many);
    return std::string(code_digits - digits.size(), '0') + digits;
}

std::string digits_of(std::string_view code)
{
    std::string digits;
    std::ranges::copy_if(code, std::back_inserter(digits), [](char c) { return c != ' '; });
    return digits;
}

/// Compares with every live code, and stops early for none of them.
bool is_live_code(Transaction& transaction, const StoredLink& stored, std::string_view token, std::string_view code,
                  UtcTime now)
{
    const Hash given = hash_of_code(token, digits_of(code));
    bool is_right = false;
    for (const auto& row :
         transaction.query("select code_hash from accounts_link_codes where link = $1 and expires_at > $2",
                           {to_value(stored.link.id), to_value(now)}))
        if (equal_in_constant_time(given, row.bytes(0))) is_right = true;
    return is_right;
}

bool could_be_a_code(std::string_view code)
{
    const auto digits = digits_of(code);
    return digits.size() == code_digits && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

/// Counts a wrong code and says what to do next; the fifth burns the link.
tl::unexpected<Problems> count_wrong_code(Transaction& transaction, const StoredLink& stored)
{
    transaction.execute("update accounts_links set wrong_tries = wrong_tries + 1 where id = $1",
                        {to_value(stored.link.id)});
    const auto left = most_wrong_link_codes - stored.wrong_tries - 1;
    if (left <= 0) return burnt();
    const auto tries = left == 1 ? std::string("One try is left. After that this link is over")
                                 : fmt::format("{} tries are left", left);
    return refuse(ProblemKind::withheld, "That code is not right, or it is older than ten minutes. " + tries, "code");
}

/// True for exactly one caller, however many try at once.
bool use_up(Transaction& transaction, const StoredLink& stored, UtcTime now)
{
    transaction.execute("delete from accounts_link_codes where link = $1", {to_value(stored.link.id)});
    return transaction.change("update accounts_links set used_at = $2"
                              " where id = $1 and used_at is null and ended_at is null and expires_at > $2"
                              " and wrong_tries < $3",
                              {to_value(stored.link.id), to_value(now), most_wrong_link_codes}) == 1;
}

void end_link(Transaction& transaction, LinkId link, UtcTime now)
{
    transaction.execute("update accounts_links set ended_at = $2 where id = $1 and ended_at is null",
                        {to_value(link), to_value(now)});
    transaction.execute("delete from accounts_link_codes where link = $1", {to_value(link)});
}

void end_link_sessions(Transaction& transaction, CaseId only_case, TeamId desk, UtcTime now)
{
    transaction.execute("update accounts_sessions set closed_at = $4 where worker = $1 and only_case = $2 and team = $3"
                        " and closed_at is null",
                        {to_value(WorkerId{}), to_value(only_case), to_value(desk), to_value(now)});
}

} // namespace

Sensitive<std::string> make_link(Transaction& transaction, const LinkRequest& request, UtcTime now)
{
    CHECK(!request.only_case.is_none() && !request.desk.is_none(), "A link opens one case for one desk");
    const seconds life = std::clamp<seconds>(request.life, shortest_link_life, longest_link_life);
    const std::string token = to_base64url(random_bytes(link_bytes));
    transaction.execute("insert into accounts_links (id, token_hash, only_case, desk, agency, purpose, life_seconds,"
                        " made_at, expires_at, wrong_tries) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
                        {to_value(LinkId::random()), to_value(sha256(as_bytes(token))), to_value(request.only_case),
                         to_value(request.desk), to_value(request.agency), request.purpose, std::int64_t{life.count()},
                         to_value(now), to_value(now + life)});
    return Sensitive(token);
}

std::optional<LinkView> look_at_link(Transaction& transaction, std::string_view token, UtcTime now)
{
    const auto stored = find_stored(transaction, token, now);
    if (!stored) return std::nullopt;
    return LinkView{stored->link.desk, stored->link.expires_at, stored->link.state};
}

std::optional<Link> link_behind(Transaction& transaction, std::string_view token, UtcTime now)
{
    const auto stored = find_stored(transaction, token, now);
    return stored ? std::optional(stored->link) : std::nullopt;
}

std::string link_cookie_name(std::string_view token, bool is_secure)
{
    constexpr std::size_t letters = 12; // enough to tell links apart; the secret itself stands in no header but this
    const auto name = "link-" + to_hex(sha256(as_bytes(token))).substr(0, letters);
    return is_secure ? "__Host-" + name : name;
}

Result<Sensitive<std::string>> press_link(Transaction& transaction, std::string_view token, UtcTime now)
{
    const auto stored = TRY(find_waiting_link(transaction, token, now));
    transaction.execute("delete from accounts_link_codes where link = $1 and expires_at <= $2",
                        {to_value(stored.link.id), to_value(now)});
    const auto live =
        transaction.query("select count(*) from accounts_link_codes where link = $1", {to_value(stored.link.id)});
    if (live.front().integer(0) >= static_cast<std::int64_t>(most_live_link_codes))
        return refuse(ProblemKind::too_many, "Three codes were sent already. Use the newest, or wait ten minutes");
    const std::string code = new_code();
    transaction.execute(
        "insert into accounts_link_codes (link, code_hash, expires_at) values ($1, $2, $3)"
        " on conflict do nothing",
        {to_value(stored.link.id), to_value(hash_of_code(token, code)), to_value(now + link_code_life)});
    return Sensitive(code);
}

Result<OpenedSession> enter_with_code(Transaction& transaction, std::string_view token, std::string_view code,
                                      UtcTime now)
{
    const auto stored = TRY(find_waiting_link(transaction, token, now));
    if (!could_be_a_code(code))
        return refuse(ProblemKind::missing, "Enter the six digits of the code we sent. This did not count as a try",
                      "code");
    if (!is_live_code(transaction, stored, token, code, now)) return count_wrong_code(transaction, stored);
    const auto agency = find_agency(transaction, stored.link.agency);
    CHECK(agency.has_value(), "A link belongs to a known agency");
    if (!use_up(transaction, stored, now))
        return refuse(ProblemKind::out_of_order, "This link was used already. Ask for a new one");
    return open_session(transaction,
                        {.agency = agency->id,
                         .agency_kind = agency->kind,
                         .team = stored.link.desk,
                         .role = Role::EDT,
                         .purpose = stored.purpose,
                         .code_proved_at = now,
                         .only_case = stored.link.only_case},
                        now);
}

Result<Sensitive<std::string>> renew_link(Transaction& transaction, std::string_view token, UtcTime now)
{
    const auto stored = find_stored(transaction, token, now);
    if (!stored)
        return refuse(ProblemKind::not_found,
                      "This link does not open anything. Answer by phone, or ask for a new link");
    if (stored->is_ended)
        return refuse(ProblemKind::out_of_order, "A newer link was sent to your desk. Look for the newest message");
    if (now >= stored->link.expires_at + link_renewable_for)
        return refuse(ProblemKind::out_of_order, "This link is too old to be renewed. Answer by phone");
    end_link(transaction, stored->link.id, now);
    end_link_sessions(transaction, stored->link.only_case, stored->link.desk, now);
    return make_link(transaction,
                     {.only_case = stored->link.only_case,
                      .agency = stored->link.agency,
                      .desk = stored->link.desk,
                      .life = stored->life,
                      .purpose = stored->purpose},
                     now);
}

std::vector<Link> links_of_case(Transaction& transaction, CaseId only_case, UtcTime now)
{
    std::vector<Link> links;
    for (const auto& row : transaction.query(std::string(columns) + "where only_case = $1 order by made_at desc, id",
                                             {to_value(only_case)}))
        links.push_back(read_link(row, now).link);
    return links;
}

void end_links(Transaction& transaction, CaseId only_case, TeamId desk, UtcTime now, LinkSessions sessions)
{
    transaction.execute("delete from accounts_link_codes where link in"
                        " (select id from accounts_links where only_case = $1 and desk = $2)",
                        {to_value(only_case), to_value(desk)});
    transaction.execute(
        "update accounts_links set ended_at = $3 where only_case = $1 and desk = $2 and ended_at is null",
        {to_value(only_case), to_value(desk), to_value(now)});
    if (sessions == LinkSessions::end) end_link_sessions(transaction, only_case, desk, now);
}

} // namespace reachable::accounts
