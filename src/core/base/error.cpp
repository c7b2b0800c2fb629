#include "core/base/error.h"

#include <array>

#include "core/base/error_details.h"

namespace zonewright {
namespace {

struct Wording {
    ErrorCode code;
    std::string_view zh;
    std::string_view en;
    std::string_view remedyZh;
    std::string_view remedyEn;
};

constexpr std::array kWordings{
    Wording{ErrorCode::Internal, "内部错误", "internal error", "请报告此问题", "please report this"},
    Wording{ErrorCode::FileNotFound, "找不到文件", "file not found", "请检查路径", "check the path"},
    Wording{ErrorCode::FileExists, "文件已存在", "file exists", "请换名或加 --overwrite", "choose another name or add --overwrite"},
    Wording{ErrorCode::FileUnreadable, "文件无法读取", "file cannot be read", "请检查权限和内容", "check its permissions and content"},
    Wording{ErrorCode::FileUnwritable, "文件无法写入", "file cannot be written", "请检查目录和权限", "check the folder and its permissions"},
    Wording{ErrorCode::DiskFull, "磁盘已满", "disk is full", "请腾出空间后重试；未写入任何内容", "free some space and try again; nothing was written"},
    Wording{ErrorCode::BadArgument, "参数有误", "bad argument", "用 --help 查看用法", "see --help"},
    Wording{ErrorCode::BadCatalogue, "图层目录有误", "the layer catalogue is wrong", "请改正该键", "correct that key"},
    Wording{ErrorCode::UnknownLayer, "没有此图层", "no such layer", "用 info 列出图层", "list the layers with info"},
    Wording{ErrorCode::UnknownField, "没有此字段", "no such field", "用 inspect 或 info 列出字段", "list the fields with inspect or info"},
    Wording{ErrorCode::UnknownTheme, "没有此专题或版式", "no such theme or layout", "用 themes 列出专题和版式", "list them with themes"},
    Wording{ErrorCode::UnknownFeature, "没有此要素", "no such feature", "请用要素的 UUID 或 fid", "give the feature's UUID or fid"},
    Wording{ErrorCode::NotAPlan, "不是规划文件", "not a plan file", "用 new 新建规划文件", "make one with new"},
    Wording{ErrorCode::PlanLocked, "规划文件正被编辑", "the plan is being edited", "请等对方关闭，或只读打开", "wait until it is closed, or open it for reading"},
    Wording{ErrorCode::PlanTooNew, "规划文件由更新的版本写成", "the plan was written by a newer version", "请升级本程序", "update this program"},
    Wording{ErrorCode::PlanDamaged, "规划文件已损坏", "the plan file is damaged", "请从备份恢复", "restore it from a backup"},
    Wording{ErrorCode::PlanReadOnly, "规划文件只读", "the plan is read-only", "请检查文件权限", "check the file's permissions"},
    Wording{ErrorCode::SourceUnreadable, "数据源无法读取", "the source cannot be read", "用 inspect 查看原因", "see why with inspect"},
    Wording{ErrorCode::SourceEncoding, "文字编码不明", "the text encoding is unclear", "请用 --encoding 指明", "name it with --encoding"},
    Wording{ErrorCode::SourceCrs, "坐标系不明或不符", "the coordinate system is unclear or does not fit", "请用 --source-crs 指明", "name it with --source-crs"},
    Wording{ErrorCode::SourceShifted, "数据疑似加偏坐标（GCJ-02/BD-09）", "the coordinates look shifted (GCJ-02/BD-09)",
            "请用 --source-crs GCJ-02（或 BD-09、其真实坐标系）说明，或给出 --control-points", "state it with --source-crs GCJ-02 (or BD-09, or its true CRS), or give --control-points"},
    Wording{ErrorCode::SourceEmpty, "数据源没有要素", "the source has no features", "请检查文件和图层名", "check the file and the layer name"},
    Wording{ErrorCode::BadGeometry, "几何无效", "invalid geometry", "用 validate 查看位置", "see where with validate"},
    Wording{ErrorCode::WouldCross, "边界将相交", "boundaries would cross", "请换一个位置", "choose another place"},
    Wording{ErrorCode::WouldLeaveGap, "将留下缝隙", "a gap would be left", "请换一个位置", "choose another place"},
    Wording{ErrorCode::WouldOverlap, "将产生重叠", "zones would overlap", "请换一个位置", "choose another place"},
    Wording{ErrorCode::WouldCollapse, "分区将消失", "a zone would collapse", "请换一个位置，或用 merge", "choose another place, or use merge"},
    Wording{ErrorCode::LinkedLayerRefuses, "相连图层不允许此改动", "a linked layer refuses this edit", "请先改相连图层或其 on_edit 设置", "edit the linked layer first, or change its on_edit"},
    Wording{ErrorCode::NothingToUndo, "没有可撤销的改动", "nothing to undo", "用 history 查看改动", "see history"},
    Wording{ErrorCode::NothingToRedo, "没有可重做的改动", "nothing to redo", "用 history 查看改动", "see history"},
    Wording{ErrorCode::BadRule, "规则有误", "a rule is wrong", "请改正该规则文件", "correct that rule file"},
    Wording{ErrorCode::ModuleUnusable, "分析模块无法使用", "an analysis module cannot be used", "用 modules 列出可用模块", "list the usable ones with modules"},
    Wording{ErrorCode::NoNetwork, "没有可用路网", "no usable network", "请导入道路并填写车速", "import roads and give their speeds"},
    Wording{ErrorCode::CartographerUnavailable, "制图程序无法启动", "the cartographer cannot be started", "请检查 QGIS 库是否安装", "check that the QGIS libraries are installed"},
    Wording{ErrorCode::CartographerFailed, "制图失败", "drawing failed", "见括号中的原因", "see the reason given"},
    Wording{ErrorCode::Cancelled, "已取消", "cancelled", "未作改动", "nothing was changed"},
};

}  // namespace

std::string describe(const Error& error, Language language) {
    const bool zh = language == Language::Chinese;
    const auto* wording = kWordings.begin();
    for (const auto& candidate : kWordings) {
        if (candidate.code == error.code) wording = &candidate;
    }
    std::string text{zh ? wording->zh : wording->en};
    if (!error.detail.empty()) text += zh ? "：" + inChinese(error.detail) : ": " + error.detail;
    if (!error.where.empty()) text += zh ? "，位于 " + inChinese(error.where) : ", at " + error.where;
    text += zh ? "；" : "; ";
    text += zh ? wording->remedyZh : wording->remedyEn;
    return text;
}

}  // namespace zonewright
