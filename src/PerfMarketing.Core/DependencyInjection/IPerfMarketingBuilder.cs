using Microsoft.Extensions.DependencyInjection;

namespace PerfMarketing.DependencyInjection;

/// <summary>Says what a host brings: its ports and its own kinds of term.</summary>
/// <remarks>Extend it by extension methods that add to <see cref="Services"/>.</remarks>
public interface IPerfMarketingBuilder
{
    /// <summary>The services of the host.</summary>
    IServiceCollection Services { get; }
}
