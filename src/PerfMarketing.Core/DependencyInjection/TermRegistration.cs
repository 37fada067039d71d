using PerfMarketing.Contracts;

namespace PerfMarketing.DependencyInjection;

/// <summary>One kind of term that is added to the catalog.</summary>
internal sealed record TermRegistration(Func<TermCatalog, TermCatalog> AddTo);
