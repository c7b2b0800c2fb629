<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling|Rendering" labelsEnabled="0">
<renderer-v2 type="singleSymbol" symbollevels="0" forceraster="0" enableorderby="0"><symbols><symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="SimpleFill" enabled="1" pass="0" locked="0">
<Option type="Map"><Option type="QString" name="color" value="250,230,150,255"/><Option type="QString" name="style" value="solid"/><Option type="QString" name="outline_style" value="no"/><Option type="QString" name="outline_color" value="0,0,0,255"/><Option type="QString" name="outline_width" value="0.3"/></Option></layer></symbol></symbols></renderer-v2>
</qgis>
