namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>Tests over very many inputs, one after another: each uses all cores by itself.</summary>
[CollectionDefinition(Name)]
public sealed class HostileInputs
{
    internal const string Name = "Hostile input";
}
