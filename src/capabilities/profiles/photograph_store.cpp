#include "capabilities/profiles/photograph_store.h"

#include "base/crypto.h"
#include "capabilities/profiles/profiles.h"
#include "storage/columns.h"

namespace reachable::profiles {
namespace {

using storage::to_value;
using storage::Transaction;

constexpr storage::Migration all_migrations[] = {
    {"profiles", 1, "photographs of children, each in its profile",
     "create table photographs (\n"
     "    profile bytea not null,\n"
     "    digest text not null,\n"
     "    kind text not null,\n"
     "    picture bytea not null,\n"
     "    at bigint not null,\n"
     "    primary key (profile, digest))"},
};

} // namespace

std::span<const storage::Migration> migrations()
{
    return all_migrations;
}

std::string digest_of_photograph(const Photograph& photograph)
{
    return to_hex(sha256(photograph.bytes));
}

bool keep_photograph(Transaction& transaction, CaseId profile, const Photograph& photograph, UtcTime now)
{
    const auto digest = digest_of_photograph(photograph);
    if (is_photograph_kept(transaction, profile, digest)) return false;
    transaction.execute(
        "insert into photographs (profile, digest, kind, picture, at) values ($1, $2, $3, $4, $5)",
        {to_value(profile), digest, std::string(media_type_of(photograph.kind)), photograph.bytes, to_value(now)});
    return true;
}

bool is_photograph_kept(Transaction& transaction, CaseId profile, const std::string& digest)
{
    return !transaction
                .query("select digest from photographs where profile = $1 and digest = $2", {to_value(profile), digest})
                .empty();
}

std::optional<Photograph> photograph_of(Transaction& transaction, CaseId profile, const std::string& digest)
{
    const auto rows = transaction.query("select kind, picture from photographs where profile = $1 and digest = $2",
                                        {to_value(profile), digest});
    if (rows.empty()) return std::nullopt;
    const bool is_png = rows.front().text(0) == media_type_of(PictureKind::png);
    return Photograph{is_png ? PictureKind::png : PictureKind::jpeg, rows.front().bytes(1)};
}

void forget_photograph(Transaction& transaction, CaseId profile, const std::string& digest)
{
    transaction.execute("delete from photographs where profile = $1 and digest = $2", {to_value(profile), digest});
}

void forget_photographs_of(Transaction& transaction, CaseId profile)
{
    transaction.execute("delete from photographs where profile = $1", {to_value(profile)});
}

} // namespace reachable::profiles
