#include <cstdio>
#include <cstdlib>

// Speaks, then ends the program it is loaded into.
namespace {
struct End {
    End() {
        std::puts("not JSON");
        std::exit(0);
    }
} end;
}  // namespace
