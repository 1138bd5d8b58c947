package io.videottt.model.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The gate through which the threads of a process enter the networks: what has run before runs
 * beside others, what runs for the first time runs alone.
 *
 * <p>The engine makes what a computation needs (oneDNN's primitives with their machine code,
 * TorchScript's plans) when its shapes are first met, and making it is not safe beside other
 * threads: oneDNN 3.7, for one, plans the blocks of a convolution with variables that belong to the
 * process ({@code brg_blocking_t::L2} and its neighbours), sets them anew for every plan, with
 * other values for other instruction sets, and reads them until the plan is made. Two threads that
 * plan at once get plans that neither would have got alone; one of the two is kept for both, while
 * the other thread has laid out its weights and its scratch memory by its own. Results then depend
 * on who came first. Once made, all of it is read only.
 *
 * <p>A first use must also be known when it comes again: the engine keeps a bounded number of
 * primitives, so that only as many computations count as known as surely fit. The one that was not
 * run for longest is forgotten first, by the engine as well as here.
 */
public final class FirstUse {

  /** The variables that bound how many primitives oneDNN keeps, in the order in which it asks. */
  private static final List<String> CAPACITY_VARIABLES =
      List.of("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "DNNL_PRIMITIVE_CACHE_CAPACITY");

  private static final int USUAL_CAPACITY = 1024;

  /** More than a function of a network makes on average, by far; a test counts them. */
  public static final int PRIMITIVES_EACH = 64;

  private static final FirstUse PROCESS = new FirstUse(capacity(System.getenv()) / PRIMITIVES_EACH);

  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
  private final Map<Object, Boolean> known;

  /**
   * @param capacity how many computations count as known
   */
  FirstUse(int capacity) {
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
            return size() > capacity;
          }
        };
  }

  /** The gate of this process, whose engine all threads share. */
  public static FirstUse ofProcess() {
    return PROCESS;
  }

  /**
   * How many primitives oneDNN keeps.
   *
   * @param environment of the process
   */
  static int capacity(Map<String, String> environment) {
    for (String variable : CAPACITY_VARIABLES) {
      String value = environment.get(variable);
      if (value != null && value.matches("[0-9]{1,9}")) {
        return Integer.parseInt(value);
      }
    }
    return USUAL_CAPACITY;
  }

  /**
   * Runs a computation, alone if its like has not run before.
   *
   * @param computation what is computed and all that the engine's choices for it depend on: the
   *     architecture, the function, the shapes, whether gradients are recorded, the threads
   * @param run runs it; must not come back to this gate
   * @return what it returns
   * @throws IllegalStateException when the thread is inside of the gate already
   */
  public <T> T run(Object computation, Supplier<T> run) {
    requireOutside();
    gate.readLock().lock();
    try {
      if (isKnown(computation)) {
        return run.get();
      }
    } finally {
      gate.readLock().unlock();
    }
    T result = runAlone(run);
    synchronized (known) {
      known.put(computation, true);
    }
    return result;
  }

  /**
   * Runs a computation of which nobody knows whether its like has run before.
   *
   * @param run runs it; must not come back to this gate
   * @return what it returns
   * @throws IllegalStateException when the thread is inside of the gate already
   */
  <T> T runAlone(Supplier<T> run) {
    requireOutside();
    gate.writeLock().lock();
    try {
      return run.get();
    } finally {
      gate.writeLock().unlock();
    }
  }

  /** A thread that waited for itself would wait for ever. */
  private void requireOutside() {
    if (gate.getReadHoldCount() > 0 || gate.isWriteLockedByCurrentThread()) {
      throw new IllegalStateException("a computation came back to the gate that it is inside of");
    }
  }

  /** Whether something runs alone at this moment. */
  boolean isClosed() {
    return gate.isWriteLocked();
  }

  private boolean isKnown(Object computation) {
    synchronized (known) {
      return known.get(computation) != null;
    }
  }
}
