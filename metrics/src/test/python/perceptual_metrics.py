"""Frechet distances by scipy, moments by numpy, Inception Scores as their authors compute them.

Prints what FrechetDistanceTest and InceptionScoreTest expect.
"""
import numpy as np
from scipy import linalg


def features(count, size, seed):
    """The test's features: small integers over 64, exact in single precision."""
    image, feature = np.meshgrid(np.arange(count), np.arange(size), indexing="ij")
    image, feature = image.astype(np.int64), feature.astype(np.int64)
    mixed = image * (7 + seed) + feature * (13 + 2 * seed) + image * feature * (3 + seed)
    mixed += image * image * (feature % 5 + 1) + (feature * feature * image) // (seed + 2)
    return ((mixed % 97) / 64).astype(np.float32)


def frechet(one, other):
    """pytorch-fid's formula."""
    mean, mean2 = one.mean(axis=0), other.mean(axis=0)
    covariance, covariance2 = np.cov(one, rowvar=False), np.cov(other, rowvar=False)
    root = linalg.sqrtm(covariance.dot(covariance2))
    return float(
        ((mean - mean2) ** 2).sum()
        + np.trace(covariance)
        + np.trace(covariance2)
        - 2 * np.trace(np.real(root))
    )


def inception(probabilities, parts=10):
    """The authors' own loop."""
    count, scores = len(probabilities), []
    for part in range(parts):
        own = probabilities[part * count // parts : (part + 1) * count // parts]
        divergence = own * (np.log(own) - np.log(own.mean(axis=0, keepdims=True)))
        scores.append(np.exp(divergence.sum(axis=1).mean()))
    return float(np.mean(scores)), float(np.std(scores))


for count, size, seed, other in [(60, 8, 0, 1), (200, 24, 0, 3), (500, 64, 2, 5)]:
    one = features(count, size, seed).astype(np.float64)
    two = features(count + 11, size, other).astype(np.float64)
    print("frechet", count, size, seed, other, repr(frechet(one, two)))
moments = features(60, 3, 0).astype(np.float64)
print("mean", [repr(float(v)) for v in moments.mean(axis=0)])
print("covariance", [repr(float(v)) for v in np.cov(moments, rowvar=False).ravel()])
for count, classes in [(10, 4), (57, 6), (200, 12)]:
    p = features(count, classes, 1).astype(np.float64) + 1 / 64
    p = (p / p.sum(axis=1, keepdims=True)).astype(np.float32).astype(np.float64)
    print("inception", count, classes, *[repr(v) for v in inception(p)])
