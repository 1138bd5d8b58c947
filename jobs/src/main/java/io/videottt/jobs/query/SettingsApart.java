package io.videottt.jobs.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Printable;
import io.videottt.base.Sha256;
import io.videottt.io.config.BoundedJson;
import io.videottt.jobs.results.ResultsFolder;
import io.videottt.jobs.sweep.config.Candidate;
import io.videottt.jobs.sweep.plan.ResultVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells results apart that have one name but not one meaning. Sweeps into the same folder may call
 * other settings, other weights or another version's results the same; a mean over both would be of
 * nothing. Such results get names that say what differs: a variant for settings, so that they are
 * rows of their own, and a model for weights and versions, so that each is compared with the fixed
 * model of its kind.
 */
final class SettingsApart {

  private static final JsonMapper MAPPER = BoundedJson.mapper().build();

  /** Characters of settings in a name; more are told by their hash. */
  private static final int LONGEST = 120;

  private static final int HASH_DIGITS = 8;

  private SettingsApart() {}

  /**
   * The same units under names that mean one thing each.
   *
   * @throws InvalidInputException when two units have one name and nothing that differs
   */
  static List<UnitRun> of(List<UnitRun> units) {
    List<UnitRun> apart =
        models(units, UnitRun::version, SettingsApart::servesVersion, v -> "result version " + v);
    apart =
        models(
            apart,
            UnitRun::fingerprint,
            (unit, fingerprint) -> unit.fingerprint().equals(fingerprint),
            fingerprint -> "weights " + start(fingerprint));
    apart = variants(apart, UnitRun::settings, SettingsApart::differences);
    apart = variants(apart, UnitRun::trainingImages, SettingsApart::named);
    requireOnce(apart);
    return apart;
  }

  /**
   * Whether a unit counts as one of a version: a fixed model's does beside all that are trained.
   */
  private static boolean servesVersion(UnitRun unit, String version) {
    return version.equals(unit.version())
        || !unit.trains() && unit.version().equals(ResultVersion.untrained(version));
  }

  private static String start(String fingerprint) {
    return fingerprint.substring(0, Math.min(HASH_DIGITS, fingerprint.length()));
  }

  /** What units are made with that can have one name only. */
  private record Place(ResultKey key, long trainingSeed) {}

  /**
   * Tells models apart of which units with one name differ.
   *
   * @param property that is to be one
   * @param serves whether a unit belongs beside those with a value of it
   * @param name of a value of it
   * @return the units, once in each model that they belong to
   */
  private static List<UnitRun> models(
      List<UnitRun> units,
      Function<UnitRun, String> property,
      BiPredicate<UnitRun, String> serves,
      Function<String, String> name) {
    Map<Place, Set<String>> values = new LinkedHashMap<>();
    for (UnitRun unit : units) {
      String value = property.apply(unit);
      if (!value.isEmpty()) {
        values
            .computeIfAbsent(
                new Place(unit.key(), unit.trainingSeed()), place -> new LinkedHashSet<>())
            .add(value);
      }
    }
    // All methods of the model follow, so that each finds the fixed model of its kind.
    Map<ResultKey, Set<String>> ambiguous = new LinkedHashMap<>();
    values.forEach(
        (place, several) -> {
          if (several.size() > 1) {
            ambiguous
                .computeIfAbsent(place.key().ofModel(), model -> new HashSet<>())
                .addAll(several);
          }
        });
    return units.stream()
        .flatMap(
            unit -> {
              List<UnitRun> told =
                  ambiguous.getOrDefault(unit.key().ofModel(), Set.of()).stream()
                      .filter(value -> serves.test(unit, value))
                      .map(
                          value ->
                              unit.withModel(
                                  "%s (%s)".formatted(unit.key().model(), name.apply(value))))
                      .toList();
              return told.isEmpty() ? Stream.of(unit) : told.stream();
            })
        .toList();
  }

  /**
   * Tells variants apart of which units with one name differ.
   *
   * @param property that is to be one
   * @param name names by value, of several values
   */
  private static List<UnitRun> variants(
      List<UnitRun> units,
      Function<UnitRun, String> property,
      Function<Set<String>, Map<String, String>> name) {
    Map<ResultKey, Set<String>> values = new LinkedHashMap<>();
    units.forEach(
        unit ->
            values.computeIfAbsent(unit.key(), key -> new TreeSet<>()).add(property.apply(unit)));
    Map<ResultKey, Map<String, String>> names = new LinkedHashMap<>();
    values.forEach(
        (key, several) -> {
          if (several.size() > 1) {
            names.put(key, name.apply(several));
          }
        });
    return units.stream()
        .map(
            unit -> {
              Map<String, String> own = names.get(unit.key());
              if (own == null) {
                return unit;
              }
              String variant = unit.key().variant();
              String told = own.get(property.apply(unit));
              return unit.withVariant(variant.isEmpty() ? told : variant + ", " + told);
            })
        .toList();
  }

  private static Map<String, String> named(Set<String> trainingImages) {
    Map<String, String> names = new LinkedHashMap<>();
    trainingImages.forEach(
        images -> names.put(images, "training images " + (images.isEmpty() ? "untold" : images)));
    return names;
  }

  /** By settings what they have that the others do not. */
  private static Map<String, String> differences(Set<String> several) {
    Map<String, Map<String, String>> flat = new LinkedHashMap<>();
    several.forEach(json -> flat.put(json, flat(json)));
    Set<String> keys = new TreeSet<>();
    flat.values().forEach(values -> keys.addAll(values.keySet()));
    keys.removeIf(
        key -> flat.values().stream().map(values -> values.get(key)).distinct().count() == 1);
    Map<String, String> names = new LinkedHashMap<>();
    flat.forEach(
        (json, values) -> {
          String name =
              keys.stream()
                  .map(key -> key + "=" + values.getOrDefault(key, "none"))
                  .collect(Collectors.joining(", "));
          names.put(
              json,
              name.isEmpty() || name.length() > LONGEST
                  ? "settings " + Sha256.id(json).substring(0, HASH_DIGITS)
                  : name);
        });
    return names;
  }

  private static Map<String, String> flat(String json) {
    try {
      Map<String, String> values = new TreeMap<>();
      flatten("", MAPPER.readTree(json), values);
      return values;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("results: settings are no JSON: " + Printable.line(json), e);
    }
  }

  private static void flatten(String name, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  flatten(
                      name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(),
                      entry.getValue(),
                      values));
    } else if (node.isNumber()) {
      values.put(name, Candidate.text(node.numberValue()));
    } else {
      values.put(name, node.isTextual() ? node.asText() : node.toString());
    }
  }

  /** A repetition of a video that two units claim would be averaged. */
  private record Claim(ResultKey key, long trainingSeed, long seed, String video) {}

  private static void requireOnce(List<UnitRun> units) {
    Map<Claim, List<String>> claims = new LinkedHashMap<>();
    for (UnitRun unit : units) {
      List<String> ids =
          claims.computeIfAbsent(
              new Claim(unit.key(), unit.trainingSeed(), unit.seed(), unit.video()),
              claim -> new ArrayList<>());
      if (!ids.contains(unit.id())) {
        ids.add(unit.id());
      }
    }
    claims.forEach(
        (claim, ids) -> {
          if (ids.size() > 1) {
            throw new InvalidInputException(
                ("units %s and %s are both %s of %s on video %s with equal settings, weights and"
                        + " seed %d, and would be averaged\n"
                        + "delete the file of the one that is not meant from %s, or name them with"
                        + " variant in the sweep file")
                    .formatted(
                        ids.get(0),
                        ids.get(1),
                        claim.key().method(),
                        claim.key().dataset(),
                        claim.video(),
                        claim.seed(),
                        ResultsFolder.METRICS));
          }
        });
  }
}
