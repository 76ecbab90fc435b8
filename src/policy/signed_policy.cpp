#include "policy/signed_policy.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace reachable::policy {

namespace {

constexpr std::size_t officers_needed = 2;

struct SignatureLine {
    std::string office;
    Bytes open_key;
    Signature signature{};
};

std::vector<std::string_view> words_of(std::string_view line)
{
    std::vector<std::string_view> words;
    for (const auto word : split(line, ' '))
        if (!trim(word).empty()) words.push_back(trim(word));
    return words;
}

Result<SignatureLine> read_line(std::string_view line)
{
    const auto words = words_of(line);
    const auto refusal = [&] {
        return refuse(ProblemKind::malformed,
                      "A signature reads: office ed25519 open-key signature, both in hexadecimal");
    };
    if (words.size() != 4 || words[1] != "ed25519") return refusal();
    SignatureLine read{.office = std::string(words[0])};
    const auto key = from_hex(words[2]);
    const auto signature = from_hex(words[3]);
    if (!key || key->size() != 32 || !signature || signature->size() != read.signature.size()) return refusal();
    read.open_key = *key;
    std::ranges::copy(*signature, read.signature.begin());
    return read;
}

Result<std::string> text_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    if (in) text << in.rdbuf();
    if (!in) return refuse(ProblemKind::unavailable, fmt::format("The policy {} cannot be read", file.string()));
    return text.str();
}

/// The lines of the signature file; none if there is no such file.
Result<std::vector<SignatureLine>> read_signatures(const std::filesystem::path& file)
{
    std::vector<SignatureLine> lines;
    if (!std::filesystem::exists(file)) return lines;
    const auto text = TRY(text_of(file));
    for (const auto line : split(text, '\n')) {
        if (trim(line).empty() || trim(line).starts_with('#')) continue;
        lines.push_back(TRY(read_line(line)));
    }
    return lines;
}

/// Offices whose signature fits. One that does not fit is refused, also where none is needed.
Result<std::vector<std::string>> check(std::span<const SignatureLine> lines, const TextPolicy& policy)
{
    const auto message = message_to_sign(policy);
    std::vector<std::string> offices;
    for (const auto& line : lines) {
        if (!is_signed_by(line.open_key, as_bytes(message), line.signature))
            return refuse(ProblemKind::withheld,
                          fmt::format("The signature of the {} does not fit this policy. Sign the text as it stands",
                                      line.office));
        offices.push_back(line.office);
    }
    return offices;
}

} // namespace

std::string message_to_sign(const TextPolicy& policy)
{
    return fmt::format("reachable policy v1\n{}\n", policy.hash());
}

std::string signature_line(std::string_view office, const SigningKey& key, const TextPolicy& policy)
{
    const auto signature = sign(key, as_bytes(message_to_sign(policy)));
    return fmt::format("{} ed25519 {} {}\n", office, to_hex(key.open), to_hex(signature));
}

Result<std::vector<Officer>> read_officers(std::string_view words)
{
    std::vector<Officer> officers;
    if (trim(words).empty()) return officers;
    for (const auto part : split(words, ',')) {
        const auto pair = words_of(part);
        const auto key = pair.size() == 2 ? from_hex(pair[1]) : Result<Bytes>(Bytes{});
        if (!key || key->size() != 32)
            return refuse(ProblemKind::malformed,
                          "An officer is named by office and open key of 64 hexadecimal digits");
        for (const auto& other : officers)
            if (other.office == pair[0] || other.open_key == *key)
                return refuse(ProblemKind::malformed,
                              "Two officers have one office or one key: the policy needs two people");
        officers.push_back({std::string(pair[0]), *key});
    }
    return officers;
}

Result<LoadedPolicy> load_policy(const std::filesystem::path& file, std::span<const Officer> officers, Signed is_signed)
{
    LoadedPolicy loaded;
    const auto text = TRY(text_of(file));
    loaded.policy = TRY(TextPolicy::read(text));
    const auto lines = TRY(read_signatures(file.string() + ".signatures"));
    loaded.signed_by = TRY(check(lines, *loaded.policy));
    if (is_signed == Signed::not_needed) return loaded;
    if (officers.size() < officers_needed)
        return refuse(ProblemKind::missing,
                      "Name the two officers who sign the policy in the settings: policy_officers");
    for (const auto& officer : officers)
        if (std::ranges::none_of(lines, [&](const SignatureLine& line) {
                return line.office == officer.office && line.open_key == officer.open_key;
            }))
            return refuse(
                ProblemKind::withheld,
                fmt::format("The {} has not signed this policy. Have it signed before it is used", officer.office));
    return loaded;
}

} // namespace reachable::policy
