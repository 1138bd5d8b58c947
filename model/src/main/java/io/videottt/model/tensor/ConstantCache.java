package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tensors that depend on sizes only (position embeddings, masks, index tables), kept beyond the
 * scope in which they were first needed. The least recently used ones are dropped when many sizes
 * occur.
 */
public final class ConstantCache {

  private static final int CAPACITY = 256;

  private final NDManager manager;
  private final Map<Object, NDArray> constants = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param manager owner of the constants
   */
  public ConstantCache(NDManager manager) {
    this.manager = manager;
  }

  /**
   * @param kind what the constant is
   * @param sizes what it depends on
   * @param compute makes it, natively
   */
  public NDArray get(String kind, List<? extends Number> sizes, Supplier<NDArray> compute) {
    Object key = List.of(kind, sizes);
    NDArray cached = constants.get(key);
    if (cached == null) {
      cached = compute.get();
      NDScope.unregister(cached);
      cached.attach(manager);
      constants.put(key, cached);
      if (constants.size() > CAPACITY) {
        constants.remove(constants.keySet().iterator().next()).close();
      }
    }
    return cached;
  }
}
