namespace PerfMarketing.Testing;

/// <summary>
/// A store that can be opened again over the data that it left, as after a restart: what checks of durability need.
/// </summary>
/// <typeparam name="TPort">The port, or several of one store.</typeparam>
/// <param name="Open">
/// Opens the store over the same data, which hold nothing at first. A check is done with what it opened before, and has
/// disposed of it where it can be; nothing that only the process remembered may help the next one.
/// </param>
public sealed record ReopenedPort<TPort>(Func<TPort> Open)
    where TPort : class
{
    /// <summary>Leaves a store, and opens it again.</summary>
    internal async Task<TPort> ReopenAsync(TPort port, params object[] parts)
    {
        foreach (object part in parts.Prepend(port).Distinct(ReferenceEqualityComparer.Instance))
        {
            if (part is IAsyncDisposable open)
            {
                await open.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (part as IDisposable)?.Dispose();
            }
        }

        return Open();
    }
}
