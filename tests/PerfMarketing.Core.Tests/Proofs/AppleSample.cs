namespace PerfMarketing.Tests.Proofs;

/// <summary>Apple's published key.</summary>
internal static class AppleSample
{
    // Source: vectors/skadnetwork.json, keysSpkiBase64.
    internal const string ProductionKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWdp8GPcGqmhgzEFj9Z2nSpQVddayaPe4FMzqM9wib1+aHaaIzoHoLN9zW4K8y4SP"
        + "ykE3YVK3sVqW6Af0lfx3gg==";
}
