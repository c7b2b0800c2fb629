<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis simplifyDrawingTol="1" labelsEnabled="0" simplifyLocal="1" simplifyDrawingHints="1" simplifyAlgorithm="0" simplifyMaxScale="1" symbologyReferenceScale="-1" minScale="100000000" version="3.22.16-Białowieża" styleCategories="Symbology|Labeling|Rendering" hasScaleBasedVisibilityFlag="0" maxScale="0">
  <renderer-v2 type="RuleRenderer" referencescale="-1" enableorderby="0" forceraster="0" symbollevels="1">
    <rules key="rdroot">
      <rule scalemindenom="60000" filter="&quot;class&quot; in ('expressway','urban_expressway') and coalesce(&quot;state&quot;,'') in ('','open')" symbol="0" label="高速公路、快速路 | Expressway" key="rd01"/>
      <rule filter="&quot;class&quot; in ('expressway','urban_expressway') and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="60000" symbol="1" label="高速公路、快速路 | Expressway" key="rd02"/>
      <rule scalemindenom="60000" filter="&quot;class&quot; in ('trunk','primary') and coalesce(&quot;state&quot;,'') in ('','open')" symbol="2" label="干线道路 | Main road" key="rd03"/>
      <rule filter="&quot;class&quot; in ('trunk','primary') and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="60000" symbol="3" label="干线道路 | Main road" key="rd04"/>
      <rule scalemindenom="60000" filter="&quot;class&quot; in ('secondary','town','ramp') and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="420000" symbol="4" label="其他道路 | Other road" key="rd05"/>
      <rule filter="&quot;class&quot; in ('secondary','town','ramp') and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="60000" symbol="5" label="其他道路 | Other road" key="rd06"/>
    </rules>
    <symbols>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="200,191,174,255"/>
            <Option type="QString" name="line_width" value="0.55"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="241,235,223,255"/>
            <Option type="QString" name="line_width" value="0.35"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="1">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="200,191,174,255"/>
            <Option type="QString" name="line_width" value="1.36"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="241,235,223,255"/>
            <Option type="QString" name="line_width" value="1.2"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="2">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="211,204,192,255"/>
            <Option type="QString" name="line_width" value="0.24"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="3">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="207,199,186,255"/>
            <Option type="QString" name="line_width" value="0.86"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="255,255,255,255"/>
            <Option type="QString" name="line_width" value="0.7"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="4">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="221,215,204,255"/>
            <Option type="QString" name="line_width" value="0.11"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="5">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="216,209,197,255"/>
            <Option type="QString" name="line_width" value="0.5"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="255,255,255,255"/>
            <Option type="QString" name="line_width" value="0.34"/>
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <blendMode>0</blendMode>
  <featureBlendMode>0</featureBlendMode>
  <layerOpacity>1</layerOpacity>
  <layerGeometryType>1</layerGeometryType>
</qgis>
