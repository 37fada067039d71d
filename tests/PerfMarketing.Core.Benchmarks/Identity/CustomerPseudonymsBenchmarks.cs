using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using PerfMarketing.Identity;

namespace PerfMarketing.Benchmarks.Identity;

/// <summary>Making and checking customers' ids.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "The runner calls the clean-up; it cannot run sealed classes.")]
public class CustomerPseudonymsBenchmarks
{
    private readonly CustomerPseudonyms pseudonyms = new(new("k1"), new byte[32], "acme");

    /// <summary>The pseudonym of an address.</summary>
    [Benchmark]
    public CustomerId FromEmail() => pseudonyms.FromEmail("Ann.Example@Example.org");

    /// <summary>An id that the host made.</summary>
    [Benchmark]
    public CustomerId Parse() => CustomerId.Parse("01J9ZK3Q5V8W7X2Y4Z6A8B0C1D");

    /// <summary>Wipes the key.</summary>
    [GlobalCleanup]
    public void Wipe() => pseudonyms.Dispose();
}
