#include "web/assets.h"

#include "base/bytes.h"
#include "base/crypto.h"
#include "base/text.h"

#include <array>
#include <fstream>
#include <iterator>

namespace reachable::web {

namespace {

constexpr std::string_view prefix = "/assets/";

std::string_view content_type_of(const std::string& extension)
{
    using Pair = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Pair, 8> types = {{
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".txt", "text/plain; charset=utf-8"},
    }};
    for (const auto& [known, type] : types)
        if (extension == known) return type;
    return {};
}

std::string version_of(const std::string& content)
{
    return to_hex(sha256(as_bytes(content))).substr(0, 16);
}

/// The name of the file an address of ours means: "/assets/app.css" is "app.css".
std::string_view name_in(std::string_view address)
{
    return address.substr(prefix.size());
}

/// Browsers ask for /favicon.ico unasked; every other file is asked for below /assets/. Empty: no file of ours.
std::string_view name_asked_for(std::string_view path)
{
    if (path == "/favicon.ico") return path.substr(1);
    return path.starts_with(prefix) ? name_in(path) : std::string_view();
}

bool mentions(std::string_view list, std::string_view tag)
{
    return list == "*" || list.find(tag) != std::string_view::npos;
}

/// Whether an Accept-Encoding names gzip (or anything) and does not weigh it with nothing.
bool takes_gzip(std::string_view accepted)
{
    bool takes_any = false;
    for (const std::string_view piece : split(accepted, ',')) {
        const auto parts = split(piece, ';');
        const std::string name = to_lower_ascii(trim(parts.front()));
        bool is_refused = false;
        for (const auto part : std::span(parts).subspan(1)) {
            const auto weight = trim(part);
            is_refused = is_refused || (weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == weight.npos);
        }
        if (name == "gzip") return !is_refused;
        if (name == "*") takes_any = !is_refused;
    }
    return takes_any;
}

std::optional<std::string> read(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(file)), {});
    if (!file.is_open() || file.bad()) return std::nullopt;
    return content;
}

} // namespace

Result<Assets> Assets::load(const std::filesystem::path& folder)
{
    namespace files = std::filesystem;
    std::error_code failure;
    if (!files::is_directory(folder, failure))
        return refuse(ProblemKind::missing, "The asset folder is not there: build the assets first");

    Assets assets;
    for (const auto& entry : files::recursive_directory_iterator(folder)) {
        // A link could lead out of the folder, so only files of its own are served.
        if (entry.is_symlink() || !entry.is_regular_file()) continue;
        const std::string_view type = content_type_of(entry.path().extension());
        if (type.empty()) continue;
        auto content = read(entry.path());
        if (!content) return refuse(ProblemKind::unavailable, "A file of the asset folder cannot be read");
        std::string version = version_of(*content);
        File loaded{std::make_shared<const std::string>(std::move(*content)), type, std::move(version)};
        // One that is older than its file was made from something else.
        const files::path compressed = entry.path().string() + ".gz";
        if (files::is_regular_file(files::symlink_status(compressed, failure)) &&
            files::last_write_time(compressed, failure) >= entry.last_write_time())
            if (auto bytes = read(compressed))
                loaded.compressed = std::make_shared<const std::string>(std::move(*bytes));
        assets.files_[entry.path().lexically_relative(folder).generic_string()] = std::move(loaded);
    }

    const PageAssets named;
    std::vector<std::string> needed = named.style_sheets;
    needed.insert(needed.end(), {named.script, named.component_script, named.icon});
    for (const std::string& address : needed)
        if (!assets.files_.contains(name_in(address)))
            return refuse(ProblemKind::missing,
                          "The asset folder has no " + std::string(name_in(address)) + ": build the assets first");
    return assets;
}

std::string Assets::address(std::string_view name) const
{
    const auto found = files_.find(name);
    CHECK(found != files_.end(), "a page names an asset that was not loaded");
    return std::string(prefix) + found->first + "?v=" + found->second.version;
}

PageAssets Assets::page_assets() const
{
    PageAssets assets;
    for (std::string& sheet : assets.style_sheets) sheet = address(name_in(sheet));
    assets.script = address(name_in(assets.script));
    assets.component_script = address(name_in(assets.component_script));
    assets.icon = address(name_in(assets.icon));
    return assets;
}

Response Assets::serve(const Request& request) const
{
    const auto found = files_.find(name_asked_for(request.path));
    if (found == files_.end()) return respond(404, "text/plain; charset=utf-8", "There is no such file.\n");

    const File& file = found->second;
    const bool is_compressed = file.compressed && takes_gzip(request.header("accept-encoding"));
    // The two are different bytes, so a strong tag must tell them apart.
    const std::string tag = '"' + file.version + (is_compressed ? "-gz" : "") + '"';
    const bool is_versioned = request.query.get("v") == file.version;
    Response response;
    response.set("Content-Type", std::string(file.content_type));
    response.set("ETag", tag);
    response.set("Cache-Control", is_versioned ? "public, max-age=31536000, immutable" : "no-cache");
    response.set("X-Content-Type-Options", "nosniff");
    if (file.compressed) response.set("Vary", "Accept-Encoding");
    if (mentions(request.header("if-none-match"), tag)) {
        response.status = 304;
        return response;
    }
    if (is_compressed) response.set("Content-Encoding", "gzip");
    response.body = is_compressed ? file.compressed : file.content;
    return response;
}

} // namespace reachable::web
