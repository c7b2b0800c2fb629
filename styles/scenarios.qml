<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16-Białowieża" styleCategories="CustomProperties">
  <layerGeometryType>4</layerGeometryType>
</qgis>
