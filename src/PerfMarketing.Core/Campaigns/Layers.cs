namespace PerfMarketing.Campaigns;

/// <summary>Puts what depends on each other into an order.</summary>
internal static class Layers
{
    /// <summary>
    /// The layer of each: 0 when it depends on nothing, else one above the highest of what it depends on. What lies on
    /// a circle, or depends on one, has none.
    /// </summary>
    /// <param name="dependencies">What each depends on; what is not a key depends on nothing.</param>
    public static Dictionary<T, int> Of<T>(Dictionary<T, HashSet<T>> dependencies)
        where T : notnull
    {
        Dictionary<T, int> open = [];
        Dictionary<T, List<T>> dependents = [];
        Queue<T> ready = new();
        Dictionary<T, int> layers = [];
        foreach ((T one, HashSet<T> others) in dependencies)
        {
            int count = 0;
            foreach (T other in others.Where(dependencies.ContainsKey))
            {
                count++;
                (dependents.TryGetValue(other, out List<T>? known) ? known : dependents[other] = []).Add(one);
            }

            open[one] = count;
            if (count == 0)
            {
                ready.Enqueue(one);
                layers[one] = 0;
            }
        }

        while (ready.TryDequeue(out T? done))
        {
            foreach (T next in dependents.GetValueOrDefault(done) ?? [])
            {
                layers[next] = Math.Max(layers.GetValueOrDefault(next), layers[done] + 1);
                if (--open[next] == 0)
                {
                    ready.Enqueue(next);
                }
            }
        }

        return layers.Where(l => open[l.Key] == 0).ToDictionary(static l => l.Key, static l => l.Value);
    }

    /// <summary>What lies on a circle, or between two.</summary>
    /// <param name="dependencies">What each depends on.</param>
    public static HashSet<T> OnCircles<T>(Dictionary<T, HashSet<T>> dependencies)
        where T : notnull
    {
        Dictionary<T, int> down = Of(dependencies);
        Dictionary<T, HashSet<T>> rest = dependencies.Keys.Where(k => !down.ContainsKey(k))
            .ToDictionary(static k => k, static _ => new HashSet<T>());
        foreach (T one in rest.Keys)
        {
            foreach (T other in dependencies[one].Where(rest.ContainsKey))
            {
                rest[other].Add(one);
            }
        }

        Dictionary<T, int> up = Of(rest);
        return [.. rest.Keys.Where(k => !up.ContainsKey(k))];
    }
}
