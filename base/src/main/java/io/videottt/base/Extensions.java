package io.videottt.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.Function;

/**
 * The implementations of one service that stand on the class path, this project's jars and those
 * beside them ({@code META-INF/services}), by their names.
 *
 * <p>Spark loads jars of {@code --jars} by a loader that it hands to its threads: both this
 * project's loader and the thread's are asked.
 *
 * @param <T> the service
 */
public final class Extensions<T> {

  private final Class<T> service;
  private final String kind;
  private final Function<T, String> name;
  private final Collection<T> own;
  private final Map<ClassLoader, Map<String, T>> known = new WeakHashMap<>();

  /**
   * @param service interface or abstract class
   * @param kind what an implementation is called in messages, for example {@code method}
   * @param name of an implementation, unique among all
   * @param own implementations that are there without being found, in their order
   */
  public Extensions(
      Class<T> service, String kind, Function<T, String> name, Collection<? extends T> own) {
    this.service = service;
    this.kind = kind;
    this.name = name;
    this.own = List.copyOf(own);
  }

  /**
   * All by name: this project's own in their order, then the others sorted.
   *
   * @throws InvalidInputException when one cannot be made, or two have one name
   */
  public Map<String, T> byName() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? service.getClassLoader() : context;
    synchronized (known) {
      Map<String, T> loaded = known.get(loader);
      if (loaded == null) {
        loaded = load(loader);
        known.put(loader, loaded);
      }
      return loaded;
    }
  }

  /** As {@link #byName()}, without the names. */
  public List<T> all() {
    return List.copyOf(byName().values());
  }

  private Map<String, T> load(ClassLoader context) {
    Map<String, T> all = new LinkedHashMap<>();
    own.forEach(each -> put(all, each));
    Map<String, T> found = new TreeMap<>();
    Set<Class<?>> seen = new LinkedHashSet<>();
    for (ClassLoader loader : List.of(service.getClassLoader(), context)) {
      for (T each : providers(loader)) {
        if (seen.add(each.getClass())) {
          put(found, each);
        }
      }
    }
    found.values().forEach(each -> put(all, each));
    return Collections.unmodifiableMap(all);
  }

  private List<T> providers(ClassLoader loader) {
    List<T> providers = new ArrayList<>();
    try {
      ServiceLoader.load(service, loader).forEach(providers::add);
    } catch (ServiceConfigurationError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InvalidInputException(
          "%s of a jar on the class path cannot be used: %s (%s)\ntake the jar away, or mend it"
              .formatted(kind, e.getMessage(), cause.getMessage()),
          e);
    }
    return providers;
  }

  private void put(Map<String, T> all, T added) {
    T other = all.putIfAbsent(name.apply(added), added);
    if (other != null) {
      throw new InvalidInputException(
          "two %ss are called '%s': %s and %s\ngive the one of the own jar another name"
              .formatted(
                  kind, name.apply(added), other.getClass().getName(), added.getClass().getName()));
    }
  }
}
