#include "storage/file_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace reachable::storage {

Result<FileLock> FileLock::take(const std::string& path)
{
    FileLock lock;
    lock.descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock.descriptor_ < 0)
        return refuse(ProblemKind::unavailable,
                      "The file " + path + " cannot be opened: " + std::generic_category().message(errno));
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0)
        return refuse(ProblemKind::unavailable,
                      "Another server is using this database (it holds " + path + "): stop it first");
    return lock;
}

FileLock::~FileLock()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

} // namespace reachable::storage
