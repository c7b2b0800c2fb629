// draw_frame PLAN THEME X1 Y1 X2 Y2 WIDTH HEIGHT FILE.ppm: what the desktop would show of a plan, as a picture.

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "cartographer/client/cartographer.h"

int main(int count, char** arguments) {
    using namespace zonewright;
    using namespace zonewright::cartographer;
    if (count != 10) return 2;
    Cartographer cartographer;
    const auto opened = cartographer.open(arguments[1]);
    RenderRequest request;
    request.view.theme = arguments[2];
    request.extent = {std::atof(arguments[3]), std::atof(arguments[4]), std::atof(arguments[5]), std::atof(arguments[6])};
    request.width = std::atoi(arguments[7]);
    request.height = std::atoi(arguments[8]);
    const auto drawn = opened ? cartographer.render(request) : tl::unexpected(opened.error());
    if (!drawn) {
        std::cerr << describe(drawn.error(), Language::English) << '\n';
        return 1;
    }
    const Frame& frame = drawn->frame;
    std::ofstream out(arguments[9], std::ios::binary);
    out << "P6 " << frame.width << ' ' << frame.height << " 255\n";
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            const auto* pixel = reinterpret_cast<const char*>(frame.pixels.get()) + y * frame.stride + 4 * x;
            out.put(pixel[2]).put(pixel[1]).put(pixel[0]);
        }
    }
    return out.flush() ? 0 : 1;
}
