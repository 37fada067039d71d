using PerfMarketing.Primitives;

namespace PerfMarketing.Testing;

/// <summary>Checks that a host's implementation of a port keeps the port's promises; for any test runner.</summary>
/// <remarks>
/// Each check needs an implementation that holds nothing yet, and throws <see cref="ScenarioFailedException"/> when a
/// promise is broken.
/// </remarks>
/// <example><code>
/// public static TheoryData&lt;string&gt; Checks => [.. LedgerChecks.All.Names];
///
/// [Theory, MemberData(nameof(Checks))]
/// public Task Store_keeps_its_promises(string check) => LedgerChecks.All.RunAsync(check, new SqlLedger(…), default);
/// </code></example>
/// <typeparam name="TPort">The port.</typeparam>
public sealed class PortChecks<TPort>
    where TPort : class
{
    private readonly Dictionary<string, Func<TPort, CancellationToken, Task>> checks = new(StringComparer.Ordinal);

    internal PortChecks(params ReadOnlySpan<Func<TPort, CancellationToken, Task>> checks)
    {
        foreach (Func<TPort, CancellationToken, Task> check in checks)
        {
            this.checks.Add(check.Method.Name.Replace('_', ' '), check);
        }

        Names = [.. this.checks.Keys];
    }

    /// <summary>What is checked, one sentence each.</summary>
    public ValueList<string> Names { get; }

    /// <summary>Runs one check.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="port">An implementation that holds nothing yet.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="ScenarioFailedException">
    /// A promise is broken, or the port threw: the exception names the check and the first place that differs.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such check.</exception>
    public Task RunAsync(string name, TPort port, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(port);
        return checks.TryGetValue(name, out Func<TPort, CancellationToken, Task>? check)
            ? Expect.RunAsync(name, () => check(port, cancellationToken), cancellationToken)
            : throw new ArgumentException($"There is no check '{name}'.", nameof(name));
    }

    /// <summary>Runs all checks, one after another; the first broken promise ends it.</summary>
    /// <param name="create">Makes an implementation that holds nothing yet, once for each check.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    /// <exception cref="ScenarioFailedException">A promise is broken.</exception>
    public async Task RunAllAsync(Func<TPort> create, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(create);
        foreach (string name in checks.Keys)
        {
            await RunAsync(name, create(), cancellationToken).ConfigureAwait(false);
        }
    }
}
