"""Public bodies, their digital services, the people who work there and what their role allows."""
