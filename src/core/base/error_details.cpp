#include "core/base/error_details.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <fmt/args.h>
#include <fmt/format.h>

namespace zonewright {
namespace {

/// `{}` stands for one value; in the Chinese wording they may be numbered to come in another order.
struct Wording {
    std::string_view en;
    std::string_view zh;
};

constexpr auto kWordings = std::to_array<Wording>({
    // Places
    Wording{"feature {}", "要素 {}"},
    Wording{"{} row {}", "{} 第 {} 行"},
    Wording{"no such row", "没有这一行"},
    Wording{"row {}", "第 {} 行"},
    Wording{"{} fid {}", "{} 要素 {}"},
    Wording{"line {}", "第 {} 行"},
    Wording{"page {}", "第 {} 页"},
    // Boundary editing
    Wording{"this is no position", "坐标不是有效位置"},
    Wording{"no boundary vertex is here", "此处没有边界顶点"},
    Wording{"more than two boundary edges meet here", "此处有两条以上边界相交，不能删除顶点"},
    Wording{"the outer boundary would move", "外边界将移动"},
    Wording{"the straightened boundary would meet another", "拉直后的边界将与另一条边界相接"},
    Wording{"the line has a coordinate that is no position", "线上有坐标不是有效位置"},
    Wording{"the line is too short", "线太短"},
    Wording{"a ring of the area is too short", "面的一个环太短"},
    Wording{"the area is empty", "面是空的"},
    Wording{"here is a zone", "此处已有分区"},
    Wording{"the unzoned land here is not enclosed", "此处未划分的土地没有封闭"},
    Wording{"the zone does not touch the gap", "该分区与缝隙不相邻"},
    Wording{"no boundary of the same zones runs here", "此处没有这些分区的边界"},
    Wording{"a zone would vanish", "有分区将消失"},
    Wording{"here is a vertex already", "此处已有顶点"},
    Wording{"no boundary edge passes here", "此处没有边界通过"},
    Wording{"the bent edge would meet another", "折弯后的边将与另一条边相接"},
    Wording{"merge needs two zones or more, the one to keep among them", "合并需要两个以上分区，其中包括要保留的一个"},
    Wording{"the moved boundary would cross another", "移动后的边界将与另一条边界相交"},
    Wording{"a zone would come to lie in another", "有分区将落入另一分区之中"},
    Wording{"a part of a zone would turn inside out", "分区的一部分将翻转"},
    Wording{"no boundary edge joins these vertices", "这两个顶点之间没有边界"},
    Wording{"the area lies outside the outer boundary", "面在外边界之外"},
    Wording{"the crossings are too close to each other", "各交点彼此太近"},
    Wording{"zones already overlap here; repair the layer first", "此处分区本已重叠；请先修复图层"},
    Wording{"boundaries lie too close to each other here", "此处边界彼此太近"},
    Wording{"zones already lie over each other here; repair the layer first", "此处分区本已叠压；请先修复图层"},
    Wording{"land would be left without a zone", "将有土地不属于任何分区"},
    Wording{"a zone would reach beyond the outer boundary", "分区将超出外边界"},
    Wording{"feature {} would lose all its land", "要素 {} 将失去全部土地"},
    Wording{"nothing would change", "没有可改动的内容"},
    Wording{"the zone's land would be left without a zone; merge it instead", "该分区的土地将无所属；请改用合并"},
    Wording{"a zone is not as it was when the edit was made", "分区已不是作此改动时的样子"},
    Wording{"feature {} is not as it was when the edit was made", "要素 {} 已不是作此改动时的样子"},
    Wording{"the line does not start and end on the boundary of one zone; name the zone", "线的起点和终点不在同一分区的边界上；请指明分区"},
    Wording{"the line encloses no land with the zone's boundary inside the outer boundary", "线与分区边界在外边界之内没有围出土地"},
    Wording{"a part of a zone would vanish or turn inside out", "分区的一部分将消失或翻转"},
    Wording{"two zones would lie on the same side of a boundary", "两个分区将位于边界的同一侧"},
    Wording{"a boundary would lie inside out", "边界将翻转"},
    Wording{"two zones would lie over each other", "两个分区将叠压"},
    Wording{"the zone cannot be cut within 1 m2 of these areas", "无法按这些面积以 1 平方米之差切分该分区"},
    Wording{"an area is not positive", "面积须大于零"},
    Wording{"the bearing is no number", "方位角不是数字"},
    Wording{"the areas add up to {} m2, the zone has {} m2", "各面积之和为 {} 平方米，分区面积为 {} 平方米"},
    Wording{"the areas leave nothing to cut off", "这些面积没有可切分的部分"},
    Wording{"the line does not cut the zone in two", "线没有把分区切成两部分"},
    Wording{"no land of the giving zone lies in the area", "面内没有让出方分区的土地"},
    Wording{"no other zone is here", "此处没有其他分区"},
    Wording{"the position lies on a boundary", "位置落在边界上"},
    Wording{"a coordinate is no number or too large", "坐标不是数字或过大"},
    Wording{"a feature is given twice", "同一要素出现两次"},
    Wording{"{} = '{}': another feature has this key", "{} = “{}”：另一要素已用此标识"},
    Wording{"{}: no zone there takes the land", "{}：那里没有分区接收这块土地"},
    Wording{"{}: its boundary would move", "{}：其边界将移动"},
    Wording{"{} is not a polygon layer", "{} 不是面图层"},
    Wording{"{} has no topology to repair", "{} 没有可修复的拓扑"},
    // Plan file and history
    Wording{"the plan was moved or removed while it was open", "规划文件在打开期间被移走或删除"},
    Wording{"no change-set {}", "没有改动 {}"},
    Wording{"'{}' is neither a tag nor a change-set up to {}", "“{}”既不是标记，也不是 {} 以内的改动号"},
    Wording{"tag {}", "标记 {}"},
    Wording{"a version code has at least 8 characters", "版本码至少 8 个字符"},
    Wording{"the row is not as that change left it", "该行已不是那次改动留下的样子"},
    Wording{"journal attributes", "改动记录的属性"},
    Wording{"no zw_meta table", "没有 zw_meta 表"},
    Wording{"no schema version", "没有结构版本号"},
    Wording{"schema version {}", "结构版本 {}"},
    Wording{"schema version {}, this program knows {}", "结构版本 {}，本程序只认得 {}"},
    Wording{"no spatial layer", "没有空间图层"},
    Wording{"{} is not projected in metres", "{} 不是以米为单位的投影坐标系"},
    Wording{"{} is not projected in metres; name the CRS to work in (--crs)", "{} 不是以米为单位的投影坐标系；请用 --crs 指明计算所用坐标系"},
    Wording{"no such folder", "没有此文件夹"},
    Wording{"not a file", "不是文件"},
    Wording{"GDAL lacks the GPKG driver", "GDAL 缺少 GPKG 驱动"},
    Wording{"GDAL lacks the driver {}", "GDAL 缺少驱动 {}"},
    Wording{"zw_results row {}", "zw_results 第 {} 行"},
    Wording{"the plan itself", "规划文件本身"},
    Wording{"a write that was cut off has to be rolled back first", "须先回退一次中断的写入"},
    Wording{"database is locked", "文件被另一程序占用"},
    Wording{"disk I/O error", "磁盘读写出错"},
    Wording{"unable to open database file", "文件打不开"},
    Wording{"database disk image is malformed", "文件内容损坏"},
    Wording{"No space left on device", "设备上没有剩余空间"},
    Wording{"Permission denied", "没有权限"},
    Wording{"No such file or directory", "没有此文件或文件夹"},
    Wording{"Is a directory", "是文件夹"},
    Wording{"Read-only file system", "文件系统只读"},
    // Reading and writing data
    Wording{"a control point's coordinate is no number", "控制点坐标不是数字"},
    Wording{"{} control points; at least two are needed", "只有 {} 个控制点；至少需要两个"},
    Wording{"the control points coincide", "控制点重合"},
    Wording{"no known encoding fits the text", "没有合适的文字编码"},
    Wording{"unknown encoding '{}'", "未知编码“{}”"},
    Wording{"'{}' is no known format; known are {}", "不认得格式“{}”；可用的有 {}"},
    Wording{"{} files are in EPSG:4326 alone, not in {}", "{} 文件只能用 EPSG:4326，不能用 {}"},
    Wording{"{} (the source has: {})", "{}（数据源中有：{}）"},
    Wording{"not a readable zip archive", "不是可读的 zip 压缩包"},
    Wording{"unpacks to more than 4 GiB", "解压后超过 4 GiB"},
    Wording{"a folder that is no file geodatabase (.gdb)", "是文件夹，但不是文件地理数据库（.gdb）"},
    Wording{"not a regular file", "不是普通文件"},
    Wording{"the file has 0 bytes", "文件为 0 字节"},
    Wording{"larger than 64 GiB", "超过 64 GiB"},
    Wording{"named .shp but not a shapefile (file code 9994 is missing)", "后缀为 .shp，但不是 Shapefile（缺少文件代码 9994）"},
    Wording{"UTF-16 text; save it as UTF-8", "文字为 UTF-16；请另存为 UTF-8"},
    Wording{"not a format that can be read", "不是可读取的格式"},
    Wording{"'{}' after the file name; known are layername, crs, encoding", "文件名之后的“{}”不认得；可用的有 layername、crs、encoding"},
    Wording{"{} layers", "{} 个图层"},
    Wording{"'{}' (the file has: {})", "“{}”（文件中有：{}）"},
    Wording{"no layers", "没有图层"},
    Wording{"name one of: {}", "请指明其中之一：{}"},
    Wording{"'{}' does not fit: {}", "“{}”不符：{}"},
    Wording{"{}: text is not valid {}", "{}：文字不是有效的 {}"},
    Wording{"Empty geometry", "几何为空"},
    Wording{"coordinates '{}', '{}' are no numbers", "坐标“{}”“{}”不是数字"},
    Wording{"no rows", "没有数据行"},
    Wording{"no usable row; the first: {}", "没有可用的行；第一行：{}"},
    Wording{"no row could be taken, the layer keeps what it has; row 1: {}", "没有一行可以导入，图层保持原样；第 1 行：{}"},
    Wording{"stated {}, but {}", "声明为 {}，但{}"},
    Wording{"stated {}, which cannot have the coordinates {}", "声明为 {}，但该坐标系不会有坐标 {}"},
    Wording{"{}, {} % sure, about {} m: {}", "{}，把握 {}%，偏移约 {} 米：{}"},
    Wording{"{} of {} rows: {}", "{1} 行中有 {0} 行：{2}"},
    Wording{"no rejects layer yet", "还没有拒收图层"},
    // Layer catalogue and rules
    Wording{"{}: {}", "{}：{}"},
    Wording{"missing", "缺失"},
    Wording{"must not be empty", "不能为空"},
    Wording{"must be text", "须为文本"},
    Wording{"must be a number", "须为数字"},
    Wording{"must be true or false", "须为 true 或 false"},
    Wording{"must be { zh = \"...\", en = \"...\" }", "须为 { zh = \"...\", en = \"...\" }"},
    Wording{"must be a list of texts", "须为文本列表"},
    Wording{"must be a list of tables", "须为表的列表"},
    Wording{"must be a table", "须为表"},
    Wording{"unknown key", "不认得的键"},
    Wording{"'{}' is not one of {}", "“{}”不在 {} 之中"},
    Wording{"a partition, and only a partition, names the layer it divides", "只有 partition 须（且必须）指明所划分的图层"},
    Wording{"'{}' is given twice", "“{}”出现两次"},
    Wording{"must be the file's name without .toml", "须为不带 .toml 的文件名"},
    Wording{"no field '{}'", "没有字段“{}”"},
    Wording{"no domain '{}'", "没有值域“{}”"},
    Wording{"no layer '{}'", "没有图层“{}”"},
    Wording{"no domain 'land_use' or 'land_use_groups'", "没有值域“land_use”或“land_use_groups”"},
    Wording{"no [[tables]] with the id {}", "没有标识为 {} 的 [[tables]]"},
    Wording{"\"{}\" is none of: {}", "“{}”不在其中：{}"},
    Wording{"column {}: {} in: {}", "第 {} 列：{}，表达式：{}"},
    Wording{"\"{}\" is not expected here; and, or?", "此处不应有“{}”；是否缺 and 或 or？"},
    Wording{"'{}' is expected here", "此处应为“{}”"},
    Wording{"a number or a text in single quotes is expected here", "此处应为数字或单引号内的文字"},
    Wording{"the text is not closed with '", "文字没有以单引号结束"},
    Wording{"'{}' has no meaning here", "“{}”在此处没有意义"},
    Wording{"nested too deeply", "嵌套过深"},
    Wording{"\"{}\" is no number", "“{}”不是数字"},
    Wording{"a field name is expected here", "此处应为字段名"},
    Wording{"null is expected here", "此处应为 null"},
    Wording{"a text in single quotes is expected here", "此处应为单引号内的文字"},
    Wording{"in or like is expected here", "此处应为 in 或 like"},
    Wording{"a comparison (=, <>, <, <=, >, >=, in, like, is) is expected here", "此处应为比较（=、<>、<、<=、>、>=、in、like、is）"},
    Wording{"\"{}\" is no day, as in \"2021-09-01\"", "“{}”不是日期，应如“2021-09-01”"},
    Wording{"must be 0 to 100000 metres", "须为 0 至 100000 米"},
    Wording{"missing; relation \"within\" needs it", "缺失；关系“within”需要它"},
    Wording{"only relation \"within\" has it", "只有关系“within”可用"},
    Wording{"missing; relation \"mismatch\" needs it", "缺失；关系“mismatch”需要它"},
    Wording{"only relation \"mismatch\" has it", "只有关系“mismatch”可用"},
    Wording{"missing; a second-hand source says where it was seen", "缺失；转引来源须注明出处"},
    Wording{"is before \"from\"", "早于“from”"},
    Wording{"\"{}\" is there twice", "“{}”出现两次"},
    Wording{"rule \"{}\" is there twice", "规则“{}”出现两次"},
    // Siting
    Wording{"the findings of a kept run cannot be read", "留存的检查结果无法读取"},
    Wording{"a run of this name is kept already", "已留存同名检查"},
    Wording{"no run is kept in this plan; keep one with check --keep NAME", "此规划没有留存的检查；用 check --keep 名称 留存"},
    Wording{"no such run; there are: {}", "没有此检查；已有：{}"},
    Wording{"area: give 1 to 1e9 m2", "area：请给 1 至 1e9 平方米"},
    Wording{"an acceptance key has 8 characters or more", "验收键至少 8 个字符"},
    Wording{"several findings have keys that begin so; give more characters", "有多条结论的验收键以此开头；请多给几位"},
    Wording{"no finding has this acceptance key", "没有结论用此验收键"},
    Wording{"--site wants WKT in the plan's coordinates: {}", "--site 应为规划坐标的 WKT：{}"},
    Wording{"--site: the geometry is empty", "--site：几何为空"},
    Wording{"{}: LAYER=FILE is expected", "{}：应为 图层=文件"},
    Wording{"{}: a report ends in .pdf, .csv, .xlsx, .geojson or .gpkg", "{}：报告的后缀应为 .pdf、.csv、.xlsx、.geojson 或 .gpkg"},
    Wording{"{}: candidates are written as .gpkg, .geojson, .csv or .xlsx", "{}：候选地块写为 .gpkg、.geojson、.csv 或 .xlsx"},
    Wording{"no area to look in", "没有可供查找的范围"},
    Wording{"the area to look in is a polygon layer", "查找范围须为面图层"},
    // Analyses
    Wording{"{} (there are: {})", "{}（已有：{}）"},
    Wording{"the layer has no geometry", "图层没有几何"},
    Wording{"the file does not say its CRS; state it as FILE|crs=EPSG:...", "文件没有注明坐标系；请写为 文件|crs=EPSG:…"},
    Wording{"name one as FILE|layername=L; there are: {}", "请写为 文件|layername=图层 指明其一；已有：{}"},
    Wording{"not a table", "不是表"},
    Wording{"out of memory", "内存不足"},
    Wording{"unknown exception", "未知异常"},
    Wording{"no parameter '{}' (there are: {})", "没有参数“{}”（可用：{}）"},
    Wording{"required and not given: {}", "必填而未给出：{}"},
    Wording{"{}={}: {}", "{}={}：{}"},
    Wording{"a number is wanted", "应为数字"},
    Wording{"a whole number is wanted", "应为整数"},
    Wording{"true or false is wanted", "应为 true 或 false"},
    Wording{"a position 'x,y' is wanted", "应为位置“x,y”"},
    Wording{"a list is wanted", "应为列表"},
    Wording{"allowed is {}", "允许范围为 {}"},
    Wording{"one of: {}", "应为其中之一：{}"},
    Wording{"cannot be loaded", "无法加载"},
    Wording{"no entry 'zonewright_module'", "没有入口“zonewright_module”"},
    Wording{"the entry gives nothing", "入口没有返回内容"},
    Wording{"built for module interface {}, this program has {}", "为模块接口 {} 编译，本程序为 {}"},
    Wording{"built against other headers (Zonewright {}) or with another compiler; build it again for Zonewright {}",
            "用其他头文件（Zonewright {}）或其他编译器编译；请为 Zonewright {} 重新编译"},
    Wording{"its description cannot be made", "无法生成其说明"},
    Wording{"no process to try it in", "无法启动试加载的进程"},
    Wording{"another module is named {}", "已有模块名为 {}"},
    Wording{"no module '{}' (there are: {})", "没有模块“{}”（已有：{}）"},
    Wording{"writes a layer it does not declare: {}", "写出了未声明的图层：{}"},
    Wording{"too many or unusable sheets", "工作表过多或无法使用"},
    Wording{"--out {}: known are .csv .xlsx .json .svg .gpkg", "--out {}：可用的有 .csv .xlsx .json .svg .gpkg"},
    Wording{"this module makes no layer", "此模块不生成图层"},
    Wording{"this module draws no chart", "此模块不绘制图表"},
    Wording{"--chart {}: the plan keeps none", "--chart {}：规划没有存图表"},
    Wording{"--chart {}: the plan keeps {}", "--chart {}：规划存有 {}"},
    Wording{"this module makes no table", "此模块不生成表"},
    Wording{"'{}' is not KEY=VALUE", "“{}”应为 键=值"},
    Wording{"--scenario needs the plan that keeps it", "--scenario 需要保存该情景的规划"},
    Wording{"scenario: no scenario '{}'; there are {}", "没有情景“{}”；现有 {}"},
    Wording{"scenario: no scenario '{}'", "没有情景“{}”"},
    Wording{"scenario: {} has no projects to open and no parcels to change", "{} 既没有可开通的项目，也没有可变更的图斑"},
    Wording{"scenario: it needs a code and a name", "情景须有代码和名称"},
    Wording{"scenario: there is one called '{}' already", "已有名为“{}”的情景"},
    Wording{"--value wants FIELD=VALUE", "--value 应为 字段=值"},
    Wording{"--map wants FIELD=COLUMN", "--map 应为 字段=列"},
    Wording{"a line is one JSON object", "每行应为一个 JSON 对象"},
    Wording{"layer: missing", "layer：缺失"},
    Wording{"op: '{}' is not one of {}", "op：“{}”不在 {} 之中"},
    Wording{"no parcels", "没有地块"},
    Wording{"no zones", "没有分区"},
    Wording{"grid_size={}: {} cells, at most a million", "grid_size={}：共 {} 格，最多一百万格"},
    // Network and accessibility
    Wording{"projects: no project '{}'; there are {}", "projects：没有项目“{}”；已有 {}"},
    Wording{"minutes: '{}' is not a time between 0 and 1440 minutes", "minutes：“{}”不是 0 至 1440 分钟之间的时间"},
    Wording{"minutes: no cut-off given", "minutes：没有给出时限"},
    Wording{"no origin of code {}", "没有代码为 {} 的起点"},
    Wording{"no origin: give point=x,y or a layer", "没有起点：请给 point=x,y 或图层"},
    Wording{"bands: '{}' is no time in minutes", "bands：“{}”不是以分钟计的时间"},
    Wording{"nothing within reach", "没有可达之处"},
    Wording{"surface_cell: {} x {} cells are too many", "surface_cell：{} × {} 格过多"},
    Wording{"no place to start from", "没有可出发之处"},
    Wording{"no road", "没有道路"},
    Wording{"none of {} roads can be used: {}", "{} 条道路都不可用：{}"},
    Wording{"'{}' is not of the form key:number", "“{}”应为 键:数值"},
    Wording{"no road layer", "没有道路图层"},
    Wording{"the road layer holds no line", "道路图层中没有线"},
    Wording{"give the CRS to work in", "请指明计算所用坐标系"},
    Wording{"not a stored {} of version {}", "不是版本 {1} 的 {0}"},
    Wording{"stored {} is damaged", "留存的 {} 已损坏"},
    Wording{"stored hierarchy is damaged", "留存的路网层级已损坏"},
    Wording{"stored network is damaged", "留存的路网已损坏"},
    Wording{"hierarchy", "路网层级"},
    Wording{"origins", "起点"},
    Wording{"neither calendar.txt nor calendar_dates.txt", "calendar.txt 与 calendar_dates.txt 都没有"},
    Wording{"no such feed", "没有此数据"},
    Wording{"no such file", "没有此文件"},
    Wording{"the departure window ends before it starts", "出发时段的结束早于开始"},
    Wording{"not a date (YYYYMMDD): {}", "不是日期（YYYYMMDD）：{}"},
    Wording{"no trip runs from {} to {} on {}; its {} runs lie between {} and {}; give window_start={} window_end={}, where most are",
            "{2} 日 {0} 至 {1} 没有班次；当日 {3} 个班次在 {4} 至 {5} 之间；请给班次最多的时段 window_start={6} window_end={7}"},
    Wording{"no trip runs on {}; give another gtfs_date", "{} 日没有班次；请另给 gtfs_date"},
    Wording{"the feed has no {}", "数据中没有 {}"},
    Wording{"{} has no column {}", "{} 没有列 {}"},
    Wording{"tolerance of {} m is below 0.01 m", "容差 {} 米小于 0.01 米"},
    Wording{"tolerance of {} m is too fine for so large a region", "容差 {} 米对如此大的范围过细"},
    Wording{"the hierarchy is of another network", "路网层级属于另一路网"},
    Wording{"a band's weight is negative", "时间带的权重为负"},
    Wording{"bands are not in rising order", "时间带没有从小到大排列"},
    Wording{"no edge belongs to project {}", "没有路段属于项目 {}"},
    Wording{"no way for this profile", "没有适于此出行方式的道路"},
    Wording{"no way within {} m", "{} 米内没有道路"},
    // Cartographer
    Wording{"the service answered another question", "制图程序答非所问"},
    Wording{"shared memory", "共享内存"},
    Wording{"shared memory {}", "共享内存 {}"},
    Wording{"malformed frame", "画面数据有误"},
    Wording{"message not understood: {}", "消息无法理解：{}"},
    Wording{"no feature to make a page of", "没有可成页的要素"},
    Wording{"the atlas has {} pages", "图册只有 {} 页"},
    Wording{"frames are not read", "画面没有被取走"},
    Wording{"marks of more than one geometry type", "标记含多种几何类型"},
    Wording{"no GeoPackage", "不是 GeoPackage"},
    Wording{"no layers in it", "其中没有图层"},
    Wording{"no coordinate system", "没有坐标系"},
    Wording{"layer {} cannot be read", "图层 {} 无法读取"},
    Wording{"{}: the theme {} shows a result; run first: {}", "{}：专题 {} 显示分析结果；请先运行：{}"},
    Wording{"nothing to draw: name a theme or layers", "没有可绘制的内容：请指明专题或图层"},
    Wording{"no plan is open", "没有打开规划文件"},
    Wording{"the service speaks protocol {}, asked for was {}", "制图程序用协议 {}，请求的是 {}"},
    Wording{"a frame's sides are 1 to {} pixels, its dpi above 0", "画面边长应为 1 至 {} 像素，dpi 应大于 0"},
    Wording{"a print template needs an item with the id map", "打印模板需要一个标识为 map 的图件"},
    Wording{"the file's suffix must be one of {}", "文件后缀应为其中之一：{}"},
    Wording{"not enough memory for this size and dpi", "内存不足以按此尺寸和 dpi 出图"},
    Wording{"map style", "图层样式"},
    // Geometry, as this program and as GEOS words it
    Wording{"geometry type is not point, line or polygon", "几何类型不是点、线或面"},
    Wording{"the geometry cannot be read: {}", "几何无法读取：{}"},
    Wording{"truncated", "数据不完整"},
    Wording{"bad byte order", "字节序标记有误"},
    Wording{"unknown geometry type", "未知的几何类型"},
    Wording{"coordinate is not a finite number", "坐标不是有限的数"},
    Wording{"mixed collection", "混合的几何集合"},
    Wording{"not GeoPackage geometry", "不是 GeoPackage 几何"},
    Wording{"Self-intersection", "自相交"},
    Wording{"Ring Self-intersection", "环自相交"},
    Wording{"Too few points in geometry component", "点数过少"},
    Wording{"Interior is disconnected", "内部不连通"},
    Wording{"Hole lies outside shell", "洞在外环之外"},
    Wording{"Holes are nested", "洞相互嵌套"},
    Wording{"Nested shells", "外环相互嵌套"},
    Wording{"Duplicate Rings", "环重复"},
    Wording{"Invalid Coordinate", "坐标无效"},
});

constexpr std::string_view kValue = "{}";

/// What stands where the pattern has `{}`, when the text is of the pattern.
std::optional<std::vector<std::string_view>> matched(std::string_view text, std::string_view pattern) {
    std::vector<std::string_view> values;
    std::size_t hole = pattern.find(kValue);
    if (hole == std::string_view::npos) return text == pattern ? std::optional(values) : std::nullopt;
    if (!text.starts_with(pattern.substr(0, hole))) return std::nullopt;
    text.remove_prefix(hole);
    while (hole != std::string_view::npos) {
        pattern.remove_prefix(hole + kValue.size());
        hole = pattern.find(kValue);
        const std::string_view next = pattern.substr(0, hole);
        const bool last = hole == std::string_view::npos;
        if (last && !text.ends_with(next)) return std::nullopt;
        const std::size_t end = last ? text.size() - next.size() : text.find(next);
        if (end == std::string_view::npos) return std::nullopt;
        values.push_back(text.substr(0, end));
        text.remove_prefix(end + next.size());
    }
    return values;
}

std::size_t fixedLetters(std::string_view pattern) {
    std::size_t letters = pattern.size();
    for (std::size_t at = pattern.find(kValue); at != std::string_view::npos; at = pattern.find(kValue, at + 1)) letters -= kValue.size();
    return letters;
}

}  // namespace

std::string inChinese(std::string_view english) {
    const Wording* best = nullptr;
    std::vector<std::string_view> values;
    for (const Wording& wording : kWordings) {
        if (best != nullptr && fixedLetters(wording.en) <= fixedLetters(best->en)) continue;
        if (auto found = matched(english, wording.en)) {
            best = &wording;
            values = std::move(*found);
        }
    }
    if (best == nullptr) return std::string(english);
    if (values.empty()) return std::string(best->zh);
    fmt::dynamic_format_arg_store<fmt::format_context> arguments;
    for (const std::string_view value : values) arguments.push_back(value.size() < english.size() ? inChinese(value) : std::string(value));
    return fmt::vformat(best->zh, arguments);
}

bool hasChinese(std::string_view pattern) {
    return std::any_of(kWordings.begin(), kWordings.end(), [&](const Wording& w) { return w.en == pattern; });
}

}  // namespace zonewright
