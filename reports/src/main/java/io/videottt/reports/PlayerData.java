package io.videottt.reports;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the player's script reads, one element per clip and film, so that a browser takes apart only
 * what is looked at. A film that several clips have in common, as tasks have their input, stands
 * there once.
 */
final class PlayerData {

  /** Characters of a name in a list to choose from. */
  private static final int LONGEST_NAME = 100;

  private static final double HUNDREDTHS = 100;

  /** What is chosen from: the clips of one evaluation set and model. */
  private record Scene(String title, String metric, List<Choice> clips) {}

  private record Choice(String video, String id) {}

  private record ClipData(
      int length,
      String spacing,
      List<FrameData> frames,
      String input,
      String truth,
      List<TrackData> tracks) {}

  private record FrameData(int index, String name, boolean annotated) {}

  /** Values are null where the metric is not defined; points of the line are frame and value. */
  private record TrackData(
      String title, String colour, String film, List<Double> values, List<double[]> line) {}

  private record FilmData(String type, List<String> pictures) {}

  private final List<Clip> clips;
  private final MethodStyles styles = new MethodStyles(List.of());
  private final Map<FilmData, String> films = new LinkedHashMap<>();

  PlayerData(List<Clip> clips) {
    this.clips = clips;
  }

  String html() {
    StringBuilder html = new StringBuilder();
    Map<List<Object>, Scene> scenes = new LinkedHashMap<>();
    for (int i = 0; i < clips.size(); i++) {
      Clip clip = clips.get(i);
      String id = "clip-" + i;
      scenes
          .computeIfAbsent(
              List.of(clip.set(), clip.model()),
              which -> new Scene(title(clip), clip.set().task().metric(), new ArrayList<>()))
          .clips()
          .add(new Choice(name(clip.video()), id));
      html.append(ScriptJson.element(id, data(clip)));
    }
    html.append(ScriptJson.element("player-scenes", scenes.values()));
    films.forEach((film, id) -> html.append(ScriptJson.element(id, film)));
    return html.toString();
  }

  static String title(Clip clip) {
    EvaluationSet set = clip.set();
    return "%s %s, %s, model %s"
        .formatted(name(set.dataset()), name(set.split()), set.task().id(), name(clip.model()));
  }

  /** A name from results on one line, of characters that can be seen. */
  static String name(String text) {
    return VisibleText.of(text, LONGEST_NAME);
  }

  private ClipData data(Clip clip) {
    List<TrackData> tracks = new ArrayList<>();
    for (Track track : clip.tracks()) {
      tracks.add(data(track));
    }
    return new ClipData(
        clip.length(),
        clip.spacing(),
        clip.frames().stream()
            .map(frame -> new FrameData(frame.index(), name(frame.name()), frame.annotated()))
            .toList(),
        film(clip.input()),
        film(clip.truth()),
        tracks);
  }

  private TrackData data(Track track) {
    List<Double> values = new ArrayList<>();
    for (OptionalDouble value : track.values()) {
      values.add(value.isPresent() ? value.getAsDouble() : null);
    }
    List<double[]> line =
        track.line().moments().stream()
            .filter(moment -> Double.isFinite(moment.quality()))
            .map(m -> new double[] {m.frame(), Math.rint(m.quality() * HUNDREDTHS) / HUNDREDTHS})
            .toList();
    return new TrackData(name(track.title()), colour(track), film(track.film()), values, line);
  }

  private String colour(Track track) {
    Color colour = FigureStyle.colour(styles.of(track.line().method(), track.title()));
    return "#%06x".formatted(colour.getRGB() & 0xffffff);
  }

  private String film(Film film) {
    List<String> pictures = new ArrayList<>();
    film.pictures()
        .forEach(file -> pictures.add(file.map(Base64.getEncoder()::encodeToString).orElse(null)));
    return films.computeIfAbsent(
        new FilmData(film.mediaType(), pictures), which -> "film-" + films.size());
  }
}
