package io.videottt.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionsTest {

  @TempDir private Path folder;

  /** What jars implement. */
  public interface Animal {

    /** Unique. */
    String name();
  }

  /** This project's own. */
  public static final class Horse implements Animal {

    @Override
    public String name() {
      return "horse";
    }
  }

  /** Of a jar. */
  public static final class Ant implements Animal {

    @Override
    public String name() {
      return "ant";
    }
  }

  /** Of a jar, with the name of another. */
  public static final class OtherHorse implements Animal {

    @Override
    public String name() {
      return "horse";
    }
  }

  /** Of a jar, and broken. */
  public static final class Broken implements Animal {

    /** Fails. */
    public Broken() {
      throw new IllegalStateException("not today");
    }

    @Override
    public String name() {
      return "broken";
    }
  }

  private final Extensions<Animal> animals =
      new Extensions<>(Animal.class, "animal", Animal::name, List.of(new Horse()));

  /** Runs as a thread does to which Spark has given a loader with a further jar. */
  private <T> T with(List<String> classes, Callable<T> action) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(Animal.class.getName()), classes);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return action.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void ownOnesStandBeforeThoseOfJars() throws Exception {
    assertThat(animals.byName().keySet()).containsExactly("horse");
    assertThat(with(List.of(Ant.class.getName()), () -> List.copyOf(animals.byName().keySet())))
        .containsExactly("horse", "ant");
    assertThat(animals.byName().keySet()).containsExactly("horse");
  }

  @Test
  void twoOfOneNameAreAnErrorThatNamesBoth() {
    assertThatThrownBy(() -> with(List.of(OtherHorse.class.getName()), animals::all))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("two animals", "'horse'", Horse.class.getName(), "OtherHorse");
  }

  @Test
  void oneThatCannotBeMadeOrIsNotThereIsAnErrorThatNamesIt() throws IOException {
    assertThatThrownBy(() -> with(List.of(Broken.class.getName()), animals::all))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("animal of a jar", "Broken", "not today");
    assertThatThrownBy(() -> with(List.of("org.example.Missing"), animals::all))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("org.example.Missing");
  }
}
