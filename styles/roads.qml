<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis simplifyDrawingTol="1" labelsEnabled="1" simplifyLocal="1" simplifyDrawingHints="1" simplifyAlgorithm="0" simplifyMaxScale="1" symbologyReferenceScale="-1" minScale="100000000" version="3.22.16-Białowieża" styleCategories="Symbology|Labeling|Rendering" hasScaleBasedVisibilityFlag="0" maxScale="0">
  <renderer-v2 type="RuleRenderer" referencescale="-1" enableorderby="0" forceraster="0" symbollevels="1">
    <rules key="rdroot">
      <rule scalemindenom="60000" filter="&quot;class&quot;='expressway' and coalesce(&quot;state&quot;,'') in ('','open')" symbol="0" label="高速公路 | Expressway" key="rd01"/>
      <rule scalemindenom="60000" filter="&quot;class&quot;='urban_expressway' and coalesce(&quot;state&quot;,'') in ('','open')" symbol="1" label="城市快速路 | Urban expressway" key="rd02"/>
      <rule scalemindenom="60000" filter="&quot;class&quot;='trunk' and coalesce(&quot;state&quot;,'') in ('','open')" symbol="2" label="国省干线公路 | Trunk road" key="rd03"/>
      <rule scalemindenom="60000" filter="&quot;class&quot;='primary' and coalesce(&quot;state&quot;,'') in ('','open')" symbol="3" label="主干路 | Primary road" key="rd04"/>
      <rule scalemindenom="15000" filter="&quot;class&quot;='expressway' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="60000" symbol="4" label="高速公路 | Expressway" key="rd05"/>
      <rule scalemindenom="15000" filter="&quot;class&quot;='urban_expressway' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="60000" symbol="5" label="城市快速路 | Urban expressway" key="rd06"/>
      <rule scalemindenom="15000" filter="&quot;class&quot;='trunk' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="60000" symbol="6" label="国省干线公路 | Trunk road" key="rd07"/>
      <rule scalemindenom="15000" filter="&quot;class&quot;='primary' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="60000" symbol="7" label="主干路 | Primary road" key="rd08"/>
      <rule filter="&quot;class&quot;='expressway' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="15000" symbol="8" label="高速公路 | Expressway" key="rd09"/>
      <rule filter="&quot;class&quot;='urban_expressway' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="15000" symbol="9" label="城市快速路 | Urban expressway" key="rd10"/>
      <rule filter="&quot;class&quot;='trunk' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="15000" symbol="10" label="国省干线公路 | Trunk road" key="rd11"/>
      <rule filter="&quot;class&quot;='primary' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="15000" symbol="11" label="主干路 | Primary road" key="rd12"/>
      <rule scalemindenom="60000" filter="&quot;class&quot;='secondary' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="400000" symbol="12" label="次干路 | Secondary road" key="rd13"/>
      <rule scalemindenom="15000" filter="&quot;class&quot;='secondary' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="60000" symbol="13" label="次干路 | Secondary road" key="rd14"/>
      <rule filter="&quot;class&quot;='secondary' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="15000" symbol="14" label="次干路 | Secondary road" key="rd15"/>
      <rule scalemindenom="60000" filter="&quot;class&quot;='town' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="400000" symbol="15" label="乡镇道路 | Town road" key="rd16"/>
      <rule scalemindenom="15000" filter="&quot;class&quot;='town' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="60000" symbol="16" label="乡镇道路 | Town road" key="rd17"/>
      <rule filter="&quot;class&quot;='town' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="15000" symbol="17" label="乡镇道路 | Town road" key="rd18"/>
      <rule scalemindenom="15000" filter="&quot;class&quot;='ramp' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="100000" symbol="18" label="匝道 | Ramp" key="rd19"/>
      <rule filter="&quot;class&quot;='ramp' and coalesce(&quot;state&quot;,'') in ('','open')" scalemaxdenom="15000" symbol="19" label="匝道 | Ramp" key="rd20"/>
      <rule filter="&quot;class&quot;&lt;&gt;'link' and not (coalesce(&quot;state&quot;,'') in ('','open'))" symbol="20" label="规划、在建道路 | Road, not yet open" key="rd21"/>
      <rule filter="&quot;class&quot;='link'" scalemaxdenom="400000" symbol="21" label="对外联系 | External link" key="rd22"/>
    </rules>
    <symbols>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="0">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="176,118,42,255"/>
            <Option type="QString" name="line_width" value="0.82"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="246,196,107,255"/>
            <Option type="QString" name="line_width" value="0.62"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="1">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="163,113,74,255"/>
            <Option type="QString" name="line_width" value="0.76"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="243,180,141,255"/>
            <Option type="QString" name="line_width" value="0.56"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="10">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="185,143,78,255"/>
            <Option type="QString" name="line_width" value="1.716"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="247,224,160,255"/>
            <Option type="QString" name="line_width" value="1.536"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="11">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="181,171,156,255"/>
            <Option type="QString" name="line_width" value="1.248"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="255,255,255,255"/>
            <Option type="QString" name="line_width" value="1.088"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="12">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="194,187,176,255"/>
            <Option type="QString" name="line_width" value="0.36"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="255,255,255,255"/>
            <Option type="QString" name="line_width" value="0.22"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="13">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="194,187,176,255"/>
            <Option type="QString" name="line_width" value="0.66"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="255,255,255,255"/>
            <Option type="QString" name="line_width" value="0.5"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="14">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="194,187,176,255"/>
            <Option type="QString" name="line_width" value="1.4"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="255,255,255,255"/>
            <Option type="QString" name="line_width" value="1.2"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="15">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="201,193,182,255"/>
            <Option type="QString" name="line_width" value="0.16"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="16">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="207,200,190,255"/>
            <Option type="QString" name="line_width" value="0.46"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="255,255,255,255"/>
            <Option type="QString" name="line_width" value="0.32"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="17">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="207,200,190,255"/>
            <Option type="QString" name="line_width" value="0.98"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="255,255,255,255"/>
            <Option type="QString" name="line_width" value="0.8"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="18">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="176,118,42,255"/>
            <Option type="QString" name="line_width" value="0.46"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="246,196,107,255"/>
            <Option type="QString" name="line_width" value="0.3"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="19">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="176,118,42,255"/>
            <Option type="QString" name="line_width" value="0.96"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="246,196,107,255"/>
            <Option type="QString" name="line_width" value="0.8"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="2">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="185,143,78,255"/>
            <Option type="QString" name="line_width" value="0.66"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="247,224,160,255"/>
            <Option type="QString" name="line_width" value="0.48"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="20">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="flat"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="255,255,255,255"/>
            <Option type="QString" name="line_width" value="0.5"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="flat"/>
            <Option type="QString" name="customdash" value="1.8;1"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="176,118,42,255"/>
            <Option type="QString" name="line_width" value="0.3"/>
            <Option type="QString" name="use_custom_dash" value="1"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="21">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="flat"/>
            <Option type="QString" name="customdash" value="1.6;1"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="185,178,168,255"/>
            <Option type="QString" name="line_width" value="0.2"/>
            <Option type="QString" name="use_custom_dash" value="1"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="3">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="181,171,156,255"/>
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
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="4">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="176,118,42,255"/>
            <Option type="QString" name="line_width" value="1.254"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="246,196,107,255"/>
            <Option type="QString" name="line_width" value="1.054"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="5">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="163,113,74,255"/>
            <Option type="QString" name="line_width" value="1.152"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="243,180,141,255"/>
            <Option type="QString" name="line_width" value="0.952"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="6">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="185,143,78,255"/>
            <Option type="QString" name="line_width" value="0.996"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="247,224,160,255"/>
            <Option type="QString" name="line_width" value="0.816"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="7">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="181,171,156,255"/>
            <Option type="QString" name="line_width" value="0.738"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="255,255,255,255"/>
            <Option type="QString" name="line_width" value="0.578"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="8">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="176,118,42,255"/>
            <Option type="QString" name="line_width" value="2.184"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="246,196,107,255"/>
            <Option type="QString" name="line_width" value="1.984"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="line" force_rhr="0" clip_to_extent="1" alpha="1" name="9">
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="163,113,74,255"/>
            <Option type="QString" name="line_width" value="1.992"/>
          </Option>
        </layer>
        <layer class="SimpleLine" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option type="QString" name="capstyle" value="round"/>
            <Option type="QString" name="joinstyle" value="round"/>
            <Option type="QString" name="line_color" value="243,180,141,255"/>
            <Option type="QString" name="line_width" value="1.792"/>
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="rule-based">
    <rules key="rdroot">
      <rule filter="&quot;class&quot; in ('expressway','urban_expressway','trunk')" scalemaxdenom="300000" description="高速与快速" key="rd01">
        <settings calloutType="simple">
          <text-style fieldName="if(@zw_lang='en', coalesce(nullif(attribute($currentfeature,'name_en'),''), if(regexp_match(&quot;name&quot;,'^[0-9]+[国省]道')&gt;0, if(strpos(&quot;name&quot;,'国道')&gt;0,'G','S')||regexp_substr(&quot;name&quot;,'^([0-9]+)'), '')), &quot;name&quot;)" fontWeight="50" useSubstitutions="0" capitalization="0" fontSizeMapUnitScale="3x:0,0,0,0,0,0" textOrientation="horizontal" legendString="Aa" textColor="138,90,20,255" fontSize="6.2000000000000002" fontUnderline="0" fontStrikeout="0" fontLetterSpacing="0" textOpacity="1" blendMode="0" fontItalic="0" fontWordSpacing="0" fontSizeUnit="Point" previewBkgrdColor="255,255,255,255" fontKerning="1" fontFamily="Noto Sans CJK SC" allowHtml="0" isExpression="1" namedStyle="Regular" multilineHeight="0.94999999999999996">
            <families/>
            <text-buffer bufferJoinStyle="128" bufferSize="0.55000000000000004" bufferSizeMapUnitScale="3x:0,0,0,0,0,0" bufferDraw="1" bufferBlendMode="0" bufferNoFill="1" bufferColor="255,255,255,255" bufferOpacity="1" bufferSizeUnits="MM"/>
            <substitutions/>
          </text-style>
          <text-format placeDirectionSymbol="0" plussign="0" formatNumbers="0" rightDirectionSymbol="&gt;" multilineAlign="1" reverseDirectionSymbol="0" useMaxLineLengthForAutoWrap="1" decimals="3" wrapChar="" autoWrapLength="0" leftDirectionSymbol="&lt;" addDirectionSymbol="0"/>
          <placement placementFlags="10" rotationUnit="AngleDegrees" rotationAngle="0" yOffset="0" xOffset="0" overrunDistanceMapUnitScale="3x:0,0,0,0,0,0" overrunDistance="0" geometryGeneratorEnabled="0" layerType="UnknownGeometry" labelOffsetMapUnitScale="3x:0,0,0,0,0,0" lineAnchorClipping="0" placement="3" repeatDistanceMapUnitScale="3x:0,0,0,0,0,0" lineAnchorPercent="0.5" geometryGenerator="" maxCurvedCharAngleIn="25" geometryGeneratorType="PointGeometry" preserveRotation="1" distMapUnitScale="3x:0,0,0,0,0,0" quadOffset="4" centroidInside="0" maxCurvedCharAngleOut="-25" overrunDistanceUnit="MM" polygonPlacementFlags="2" distUnits="MM" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" lineAnchorType="0" offsetType="0" repeatDistanceUnits="MM" repeatDistance="150" fitInPolygonOnly="0" centroidWhole="0" dist="0" offsetUnits="MM" priority="4"/>
          <rendering upsidedownLabels="0" unplacedVisibility="0" obstacleType="1" displayAll="0" scaleMin="0" zIndex="0" scaleVisibility="0" minFeatureSize="0" fontLimitPixelSize="0" drawLabels="1" limitNumLabels="0" labelPerPart="0" maxNumLabels="2000" obstacle="0" fontMaxPixelSize="10000" scaleMax="0" obstacleFactor="1" fontMinPixelSize="0" mergeLines="1"/>
        </settings>
      </rule>
      <rule filter="&quot;class&quot; in ('primary','secondary')" scalemaxdenom="60000" description="主次干路" key="rd02">
        <settings calloutType="simple">
          <text-style fieldName="if(@zw_lang='en', coalesce(nullif(attribute($currentfeature,'name_en'),''), if(regexp_match(&quot;name&quot;,'^[0-9]+[国省]道')&gt;0, if(strpos(&quot;name&quot;,'国道')&gt;0,'G','S')||regexp_substr(&quot;name&quot;,'^([0-9]+)'), '')), &quot;name&quot;)" fontWeight="50" useSubstitutions="0" capitalization="0" fontSizeMapUnitScale="3x:0,0,0,0,0,0" textOrientation="horizontal" legendString="Aa" textColor="110,103,92,255" fontSize="5.7999999999999998" fontUnderline="0" fontStrikeout="0" fontLetterSpacing="0" textOpacity="1" blendMode="0" fontItalic="0" fontWordSpacing="0" fontSizeUnit="Point" previewBkgrdColor="255,255,255,255" fontKerning="1" fontFamily="Noto Sans CJK SC" allowHtml="0" isExpression="1" namedStyle="Regular" multilineHeight="0.94999999999999996">
            <families/>
            <text-buffer bufferJoinStyle="128" bufferSize="0.55000000000000004" bufferSizeMapUnitScale="3x:0,0,0,0,0,0" bufferDraw="1" bufferBlendMode="0" bufferNoFill="1" bufferColor="255,255,255,255" bufferOpacity="1" bufferSizeUnits="MM"/>
            <substitutions/>
          </text-style>
          <text-format placeDirectionSymbol="0" plussign="0" formatNumbers="0" rightDirectionSymbol="&gt;" multilineAlign="1" reverseDirectionSymbol="0" useMaxLineLengthForAutoWrap="1" decimals="3" wrapChar="" autoWrapLength="0" leftDirectionSymbol="&lt;" addDirectionSymbol="0"/>
          <placement placementFlags="10" rotationUnit="AngleDegrees" rotationAngle="0" yOffset="0" xOffset="0" overrunDistanceMapUnitScale="3x:0,0,0,0,0,0" overrunDistance="0" geometryGeneratorEnabled="0" layerType="UnknownGeometry" labelOffsetMapUnitScale="3x:0,0,0,0,0,0" lineAnchorClipping="0" placement="3" repeatDistanceMapUnitScale="3x:0,0,0,0,0,0" lineAnchorPercent="0.5" geometryGenerator="" maxCurvedCharAngleIn="25" geometryGeneratorType="PointGeometry" preserveRotation="1" distMapUnitScale="3x:0,0,0,0,0,0" quadOffset="4" centroidInside="0" maxCurvedCharAngleOut="-25" overrunDistanceUnit="MM" polygonPlacementFlags="2" distUnits="MM" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" lineAnchorType="0" offsetType="0" repeatDistanceUnits="MM" repeatDistance="120" fitInPolygonOnly="0" centroidWhole="0" dist="0" offsetUnits="MM" priority="2"/>
          <rendering upsidedownLabels="0" unplacedVisibility="0" obstacleType="1" displayAll="0" scaleMin="0" zIndex="0" scaleVisibility="0" minFeatureSize="15" fontLimitPixelSize="0" drawLabels="1" limitNumLabels="0" labelPerPart="0" maxNumLabels="2000" obstacle="0" fontMaxPixelSize="10000" scaleMax="0" obstacleFactor="1" fontMinPixelSize="0" mergeLines="1"/>
        </settings>
      </rule>
      <rule filter="&quot;class&quot;='town'" scalemaxdenom="25000" description="乡镇道路" key="rd03">
        <settings calloutType="simple">
          <text-style fieldName="if(@zw_lang='en', coalesce(nullif(attribute($currentfeature,'name_en'),''), if(regexp_match(&quot;name&quot;,'^[0-9]+[国省]道')&gt;0, if(strpos(&quot;name&quot;,'国道')&gt;0,'G','S')||regexp_substr(&quot;name&quot;,'^([0-9]+)'), '')), &quot;name&quot;)" fontWeight="50" useSubstitutions="0" capitalization="0" fontSizeMapUnitScale="3x:0,0,0,0,0,0" textOrientation="horizontal" legendString="Aa" textColor="133,126,114,255" fontSize="5.4000000000000004" fontUnderline="0" fontStrikeout="0" fontLetterSpacing="0" textOpacity="1" blendMode="0" fontItalic="0" fontWordSpacing="0" fontSizeUnit="Point" previewBkgrdColor="255,255,255,255" fontKerning="1" fontFamily="Noto Sans CJK SC" allowHtml="0" isExpression="1" namedStyle="Regular" multilineHeight="0.94999999999999996">
            <families/>
            <text-buffer bufferJoinStyle="128" bufferSize="0.55000000000000004" bufferSizeMapUnitScale="3x:0,0,0,0,0,0" bufferDraw="1" bufferBlendMode="0" bufferNoFill="1" bufferColor="255,255,255,255" bufferOpacity="1" bufferSizeUnits="MM"/>
            <substitutions/>
          </text-style>
          <text-format placeDirectionSymbol="0" plussign="0" formatNumbers="0" rightDirectionSymbol="&gt;" multilineAlign="1" reverseDirectionSymbol="0" useMaxLineLengthForAutoWrap="1" decimals="3" wrapChar="" autoWrapLength="0" leftDirectionSymbol="&lt;" addDirectionSymbol="0"/>
          <placement placementFlags="10" rotationUnit="AngleDegrees" rotationAngle="0" yOffset="0" xOffset="0" overrunDistanceMapUnitScale="3x:0,0,0,0,0,0" overrunDistance="0" geometryGeneratorEnabled="0" layerType="UnknownGeometry" labelOffsetMapUnitScale="3x:0,0,0,0,0,0" lineAnchorClipping="0" placement="3" repeatDistanceMapUnitScale="3x:0,0,0,0,0,0" lineAnchorPercent="0.5" geometryGenerator="" maxCurvedCharAngleIn="25" geometryGeneratorType="PointGeometry" preserveRotation="1" distMapUnitScale="3x:0,0,0,0,0,0" quadOffset="4" centroidInside="0" maxCurvedCharAngleOut="-25" overrunDistanceUnit="MM" polygonPlacementFlags="2" distUnits="MM" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" lineAnchorType="0" offsetType="0" repeatDistanceUnits="MM" repeatDistance="120" fitInPolygonOnly="0" centroidWhole="0" dist="0" offsetUnits="MM" priority="1"/>
          <rendering upsidedownLabels="0" unplacedVisibility="0" obstacleType="1" displayAll="0" scaleMin="0" zIndex="0" scaleVisibility="0" minFeatureSize="15" fontLimitPixelSize="0" drawLabels="1" limitNumLabels="0" labelPerPart="0" maxNumLabels="2000" obstacle="0" fontMaxPixelSize="10000" scaleMax="0" obstacleFactor="1" fontMinPixelSize="0" mergeLines="1"/>
        </settings>
      </rule>
    </rules>
  </labeling>
  <blendMode>0</blendMode>
  <featureBlendMode>0</featureBlendMode>
  <layerOpacity>1</layerOpacity>
  <layerGeometryType>1</layerGeometryType>
</qgis>
