namespace PerfMarketing.Testing;

/// <summary>
/// A port that only reads, with how the host fills the store behind it: what checks of such ports need.
/// </summary>
/// <typeparam name="TPort">The port.</typeparam>
/// <typeparam name="TItem">What is in the store.</typeparam>
/// <param name="Port">The port, over a store that holds nothing yet.</param>
/// <param name="AddAsync">Puts something into the store; when it returns, the port gives it.</param>
public sealed record FilledPort<TPort, TItem>(TPort Port, Func<TItem, ValueTask> AddAsync)
    where TPort : class;
