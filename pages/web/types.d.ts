/* What our scripts are handed from Python and from each other, for the type check only. */

/** West, south, east, north in degrees. */
type Bounds = [number, number, number, number];
type MapFeature = GeoJSON.Feature<GeoJSON.Geometry, Record<string, any> | null>;

/** See `LayerSpec` in pages/shared/maps/layer_specs.py, which says what each means. */
interface LayerSpec {
  kind: "fill" | "line" | "points" | "labels" | "hatch";
  color: string;
  weight: number;
  fill_opacity: number;
  radius: number;
  interactive: boolean;
  clickable: boolean;
  url?: string;
  data?: GeoJSON.GeoJsonObject;
  name?: string;
  property?: string;
  fills?: Record<string, string>;
  colors?: Record<string, string>;
  shapes?: Record<string, string>;
  breaks?: number[];
  ramp?: string[];
  fill?: string;
  dash?: string;
  tooltip?: [string, string][];
  words?: Record<string, string>;
  label?: string;
  pane?: string;
  hatch_values?: string[];
  dot_values?: string[];
  patterns?: Record<string, [string, string]>;
  only?: [string, string[]];
  zooms?: [number, number];
}

/** See `ground_map` in pages/shared/maps/ground.py. */
interface FrameOptions {
  lang: string;
  credit: Record<string, string>;
  tiles: string | null;
  base: LayerSpec[];
  limit: Bounds;
  bounds: Bounds;
}

/** See `Mark` in pages/shared/maps/show.py. */
interface Place {
  lat: number;
  lon: number;
  name: string;
}

/** See `words_in` in pages/web/site/streamlit_words.py. */
interface StreamlitWords {
  whole: Record<string, string>;
  parts: [pattern: string, said: string, within: string][];
  refused: [pattern: string, said: string, within: string][];
  fields: Record<string, string>;
  or: string;
}
declare const dialogWords: Record<"sv" | "en", StreamlitWords>;

interface Window {
  __streamlit: Record<string, unknown>;
  dialogMap: Record<string, Function>;
}
